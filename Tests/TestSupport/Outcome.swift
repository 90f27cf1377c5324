import Foundation

/// What a program did.
public struct Outcome: Sendable {
    /// The exit status, or the signal that ended it.
    public let status: Int32
    /// The text on standard output.
    public let output: String
    /// The text on standard error.
    public let errors: String

    /// The lines on standard error that say what is wrong.
    public var complaints: [String] {
        errors.split(separator: "\n").map(String.init).filter { $0.contains("error:") }
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - clearing: variables that the program does not get.
    ///   - environment: variables that it gets besides those of the tests.
    ///   - timeLimit: in seconds; a program that hangs must fail its test, not stop all others.
    public static func running(
        _ program: String, _ arguments: [String], in folder: String, clearing: [String] = [],
        environment: [String: String] = [:], timeLimit: Double = 60
    ) throws -> Outcome {
        let captured = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = ProcessInfo.processInfo.environment.filter { !clearing.contains($0.key) }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        let files = try ["output", "errors"].map { name in
            try FileHandle(forUpdating: URL(fileURLWithPath: captured.write("", to: name)))
        }
        process.standardOutput = files[0]
        process.standardError = files[1]
        try process.run()
        let limit = DispatchWorkItem { kill(process.processIdentifier, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + timeLimit, execute: limit)
        process.waitUntilExit()
        limit.cancel()
        let texts = try files.map { file in
            try file.seek(toOffset: 0)
            return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        }
        return Outcome(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }
}
