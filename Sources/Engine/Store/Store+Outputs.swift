import Digest
import Foundation
import Wire
public import Notebook

/// The files that notebooks wrote, each under the digest of what is in it.
extension Store {
    /// The file of an output. Readers tell by its ending what it is.
    public func output(_ output: Record.Output) -> RootedPath { outputs / Store.name(of: output) }

    static func name(of output: Record.Output) -> String {
        let ending = (output.name as NSString).pathExtension
        return output.sha256 + (ending.isEmpty ? "" : "." + ending)
    }

    func hasOutput(_ output: Record.Output) -> Bool {
        (try? self.output(output).digest().description) == output.sha256
    }

    /// Keeps what a notebook wrote.
    func keepOutput(_ bytes: [UInt8], as name: String) throws(EngineError) -> Record.Output {
        let kept = Record.Output(name: name, sha256: SHA256Digest(of: bytes).description, bytes: bytes.count)
        if !hasOutput(kept) { try output(kept).write(bytes, by: workshop) }
        return kept
    }

    /// Keeps those of the outputs that lie in a run's scratch folder.
    func keepOutputs(_ names: [String], in scratch: RootedPath) throws(EngineError) -> [Record.Output]? {
        var kept: [Record.Output] = []
        for name in names.sorted() {
            let file = scratch / DeclaredFiles.outputFolder / name
            // A link, or a pipe, is not what was declared.
            guard file.status?.kind == .file, let bytes = try? file.read() else { continue }
            kept.append(try keepOutput(bytes, as: name))
        }
        return kept.isEmpty ? nil : kept
    }
}

extension Record {
    /// The record with the files that its run left, where it came to its end.
    func withOutputs(of plan: Plan, in scratch: RootedPath, _ store: Store) throws(EngineError) -> Record {
        guard !failed, !plan.outputs.isEmpty else { return self }
        var record = self
        record.outputs = try store.keepOutputs(plan.outputs, in: scratch)
        return record
    }
}
