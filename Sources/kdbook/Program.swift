import Console
import Engine
import Foundation

/// The process: what holds before any command begins, and how it ends.
@main
enum Program {
    static func main() {
        StandardStream.openAll()
        // Writing where nobody reads, or beyond a limit, is an error that names its cause, not our end.
        for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) }
        do throws(EngineError) {
            // Dispatch's own threads crash where they find no room for a file.
            try allowOpenFiles()
            try checkThreads()
            try EndingSignals.whenOneComes {
                Ephemera.shared.end()
                Terminal.endProgress()
            }
        } catch {
            Terminal.complain("kdbook: error: \(error.cause)")
            exit(ExitStatus.notebookFailed)
        }
        Task {
            await Kdbook.main()
            exit(0)
        }
        dispatchMain()
    }
}
