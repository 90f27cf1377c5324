import Foundation

/// Part of libFuzzer, which the build links.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ attempt: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Runs libFuzzer with this process's arguments, and ends the process with it.
///
/// - Parameter attempt: takes libFuzzer's bytes and their number, and returns 0. A trap in it is a finding. It is a C function, so it
///   captures nothing.
public func fuzz(_ attempt: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt) -> Never {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(runDriver(&count, &arguments, attempt))
}
