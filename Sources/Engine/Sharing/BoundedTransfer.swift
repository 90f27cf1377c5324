import Foundation

/// A program that brings files from somewhere else into a folder, and is ended where it brings more than was asked for.
struct BoundedTransfer {
    let program: String
    /// The folder that it writes in; nothing else is there.
    let folder: RootedPath
    /// The most bytes that all files may have.
    let most: Int

    /// What is allowed beyond that between two looks, so that nothing that is right is ended.
    private static let slack = 1 << 20

    /// - Returns: how the program ended, and what it said.
    /// - Throws: that it brought too much.
    func run(_ arguments: [String]) throws(EngineError) -> (isSuccess: Bool, output: String) {
        let (interruption, isDone) = (Interruption(), DispatchSemaphore(value: 0))
        let (folder, most) = (folder, most)
        try startThread {
            while isDone.wait(timeout: .now() + .milliseconds(50)) == .timedOut {
                if BoundedTransfer.size(of: folder) > most + BoundedTransfer.slack { return interruption.ask() }
            }
        }
        defer { isDone.signal() }
        let run = try Engine.run(
            program, arguments, environment: ProcessInfo.processInfo.environment, timeout: nil, cage: nil,
            interruption: interruption)
        if interruption.isAsked {
            throw EngineError(
                .read, file: program, cause: "it was ended: more came than the \(most.asBytes) that were asked for")
        }
        return (run.end == .exited(status: 0), run.output)
    }

    private static func size(of folder: RootedPath) -> Int {
        folder.entries.reduce(0) { $0 + ((folder / $1).size ?? 0) }
    }
}
