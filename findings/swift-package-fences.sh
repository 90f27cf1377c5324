#!/bin/sh
# Two fences of Swift in the documents of swift-algorithms and swift-numerics are not what their own versions do.
#
# Guess: the examples of packages that many use compile against the version they are tagged with, and give what they say.
#
# Seen with swift-algorithms 1.2.1: README.md says that names.chunked(on: \.first) is [["Cassie", "Chloe"], …]; it is an array of
# pairs, each with the first character before the chunk. Seen with swift-numerics 1.1.1: Complex.md of the DocC catalogue reads
# w.imag, a property that Complex does not have; it is called imaginary.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir -p "$folder/Sources/chunks" "$folder/Sources/parts"
cat > "$folder/Package.swift" <<'SWIFT'
// swift-tools-version: 6.0
import PackageDescription
let package = Package(
    name: "fences",
    dependencies: [
        .package(url: "https://github.com/apple/swift-algorithms", exact: "1.2.1"),
        .package(url: "https://github.com/apple/swift-numerics", exact: "1.1.1"),
    ],
    targets: [
        .executableTarget(name: "chunks", dependencies: [.product(name: "Algorithms", package: "swift-algorithms")]),
        .executableTarget(name: "parts", dependencies: [.product(name: "ComplexModule", package: "swift-numerics")]),
    ])
SWIFT
cd "$folder"
swift package resolve > resolving 2>&1 || { cat resolving; exit 1; }

# fence FILE WORDS: the first fence of Swift in FILE that has WORDS.
fence() { awk -v words="$2" '/^```swift/ { on = 1; text = ""; next } /^```/ { if (on && index(text, words)) { printf "%s", text; exit } on = 0 } on { text = text $0 "\n" }' "$1"; }
readme=.build/checkouts/swift-algorithms/README.md
article=.build/checkouts/swift-numerics/Sources/ComplexModule/Documentation.docc/Complex.md
{ echo 'import Algorithms'; fence "$readme" 'names.chunked(on:'; echo 'print(Array(chunks))'; } > Sources/chunks/main.swift
{ echo 'import ComplexModule'; fence "$article" 'Complex<Double>.infinity'; } > Sources/parts/main.swift

seen=0
echo "swift-algorithms 1.2.1, README.md:"
fence "$readme" 'names.chunked(on:'
swift build --product chunks > building 2>&1 || { cat building; exit 1; }
given=$(.build/debug/chunks)
echo "gives: $given"
case $given in '[(Optional("C"), ArraySlice(["Cassie", "Chloe"])),'*) seen=$((seen + 1)) ;; esac

echo "swift-numerics 1.1.1, Complex.md:"
fence "$article" 'Complex<Double>.infinity'
if swift build --product parts > building 2>&1; then echo "compiles"; else grep -m 1 'error: value' building | sed 's/.*error/error/'; fi
if grep -q "has no member 'imag'" building; then seen=$((seen + 1)); fi
if [ $seen = 2 ]; then echo "seen again"; else echo "this has changed" && exit 1; fi
