#!/bin/sh
# The Swift compiler writes other bytes into a module each time, where functions are handed on with their debug information.
#
# Guess: the same command on the same file, twice, gives the same bytes.
#
# Seen with Swift 6.3.1 on x86-64 Linux: with -experimental-serialize-debug-info beside -cross-module-optimization, the .swiftmodule
# of a few lines differs from run to run, while the object file is the same. Where the system does not move addresses about
# (setarch -R) the module is the same, too: its debug scopes are in the order of their addresses. Without the flag it is the same.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >Body.swift <<'SWIFT'
import Foundation
public struct Body {
    public var mass = 1.0
    public func sum() -> Double {
        var sum = 0.0
        for turn in 0..<3 { sum += Double(turn) * mass }
        return sum
    }
}
public func doubled(_ values: [Double]) -> [Double] { values.map { $0 * 2 + sqrt($0) } }
SWIFT
frontend=$(dirname "$(readlink -f "$(command -v swiftc)")")/swift-frontend
"$frontend" -version 2>&1 | head -1
# How many different modules and objects four runs give: variants FLAG…
variants() {
    for run in 1 2 3 4; do
        $around "$frontend" -frontend -c -O -g -parse-as-library -module-name Body -cross-module-optimization \
            -Xllvm -cmo-function-size-limit=60 -assert-config Debug -no-serialize-debugging-options -module-cache-path "$folder/cache" "$@" \
            -emit-module-path Body.swiftmodule -o Body.o Body.swift
        sha256sum Body.swiftmodule | cut -d ' ' -f 1 >>modules
        sha256sum Body.o | cut -d ' ' -f 1 >>objects
    done
    echo "$(sort -u modules | wc -l) modules, $(sort -u objects | wc -l) object"
    rm modules objects
}
around=
with=$(variants -experimental-serialize-debug-info)
without=$(variants)
around="setarch -R"
unmoved=$(variants -experimental-serialize-debug-info)
echo "with the flag: $with; without: $without; with it, at fixed addresses: $unmoved"
if [ "$with" != "1 modules, 1 object" ] && [ "$without" = "1 modules, 1 object" ] && [ "$unmoved" = "1 modules, 1 object" ]; then
    echo "seen again"
else
    echo "this has changed"
    exit 1
fi
