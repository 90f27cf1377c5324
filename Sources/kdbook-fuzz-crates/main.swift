// A program for libFuzzer: arbitrary bytes go through everything that reads a crate. `script/fuzz` builds and runs it; it is no part
// of an ordinary build.
import Foundation

/// Part of libFuzzer, which the build links.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ attempt: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
    runFuzzer(&count, &arguments) { bytes, length in
        readCrate(Array(UnsafeBufferPointer(start: bytes, count: length)))
        return 0
    })
