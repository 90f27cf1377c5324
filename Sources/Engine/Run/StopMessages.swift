import Foundation
import Notebook
import Wire

extension CellEnd.Stop {
    /// What stopped the cell, where that is no crash whose place is to be told.
    ///
    /// - Parameter limits: those that the notebook ran under.
    func message(limits: Limits) -> String? {
        switch self {
        case .unloadable(let reason): "the cell cannot be loaded: \(reason)"
        case .unready(let reason), .halted(let reason): reason
        case .interrupted: "the cell was ended: the notebook has changed"
        case .timedOut(let seconds):
            "the cell ran longer than its limit of \(seconds.asSeconds) s; `//| timeout: …` changes that"
        case .outOfTime:
            "the notebook's cells ran longer than the limit of \(limits.time.asSeconds) s for all together; "
                + "`limits: {time: …}` in the front matter changes that"
        case .exited(KernelStatus.disconnected):
            "the cell closed descriptors that are not its own: its results cannot reach the page"
        case .exited(let status): "the cell ended the notebook's process, by exit(\(status)) or the like"
        case .exceeded(.memory): Self.memoryMessage(limits)
        case .exceeded(.processes):
            "the cell had more than \(limits.processes) processes at once; "
                + "`limits: {processes: …}` in the front matter changes that"
        case .exceeded(.threads):
            "the cell had more than \(limits.threads) threads at once; "
                + "`limits: {threads: …}` in the front matter changes that"
        case .exceeded(.scratch):
            "the cell's files took more than \(limits.scratch.asBytes) together; "
                + "`limits: {scratch: …}` in the front matter changes that"
        case .exceeded(.nesting): "the cell's folders are nested too deep to be counted"
        case .broke(.awaitsProcesses):
            "the cell started a process and left it behind: a cell must wait for the end of what it starts"
        case .broke(.keepsOutputOpen):
            "the cell closed or redirected standard output or standard error, and did not put it back"
        case .broke(.awaitsNothingInACopy):
            "a cell that is to fail cannot wait for something asynchronous where a cell above has: it runs in a copy of the "
                + "process, which has none of its threads"
        case .broke(.showsWithinLimits(let bytes)):
            "the cell shows figures of \(bytes.asBytes), which is too much for a page"
        case .garbled: "the cell wrote into the pipe that its results go through"
        case .crashed(SIGXFSZ, _):
            "the cell wrote a file larger than the limit of \(limits.file.asBytes); "
                + "`limits: {file: …}` in the front matter changes that"
        case .crashed(_, let trace?) where trace.isOutOfMemory: Self.memoryMessage(limits)
        case .crashed: nil
        }
    }

    static func memoryMessage(_ limits: Limits) -> String {
        "the memory limit of \(limits.memory.asBytes) was reached; "
            + "`limits: {memory: …}` in the front matter raises it"
    }
}

/// Why the sandbox may have been in a cell's way, where its message sounds so.
struct SandboxHint {
    let plan: Plan
    let book: Book

    func text(for message: String) -> String? {
        guard plan.sandbox != .off else { return nil }
        let signs = ["permission", "Permission", "not permitted"]
        guard signs.contains(where: message.contains) else { return nil }
        if let path = undeclaredFile(namedIn: message) {
            return "`\(path)` is not among the notebook's inputs; `inputs: \(path)` in the front matter makes it one"
        }
        return
            "a cell can read the notebook's `inputs`, and write in its scratch folder, which is its HOME; "
            + "`permissions` in \(Book.notebookFolder)/\(BookConfiguration.fileName) grants more"
    }

    /// The first file of the book that a message names and that cells may not read.
    private func undeclaredFile(namedIn message: String) -> String? {
        for word in message.matches(of: /[^\s"'“”=,;:(){}\[\]]+/) {
            let path = String(word.0.hasPrefix(book.root + "/") ? word.0.dropFirst(book.root.count + 1) : word.0)
            let file = book.root + "/" + path
            if !path.hasPrefix("/"), Files.exists(file), !Files.isFolder(file),
                !plan.inputs.contains(where: { $0.path == path })
            {
                return path
            }
        }
        return nil
    }
}
