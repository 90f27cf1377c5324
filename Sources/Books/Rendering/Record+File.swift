package import Engine
package import Notebook

extension OtherOutputs {
    /// What notebooks have written, by the records in an edition's folder.
    ///
    /// - Parameter fresh: what those have written that were run just now, by their names.
    package init(of folder: RootedPath, store: Store, fresh: [String: [Record.Output]] = [:]) {
        self.init(store: store, folder: folder) { notebook in
            if let outputs = fresh[notebook] { return outputs }
            return (try? Record(contentsOf: folder / "\(notebook)/record.json"))?.outputs
        }
    }
}

/// The number of a record's format, read before all else: what another format holds is not known here.
private struct RecordFormat: Decodable {
    let format: Int
}

extension Record {
    /// The record in the file at `path`.
    ///
    /// - Throws: that the file cannot be read, is no record, or is one of another format.
    package init(contentsOf path: RootedPath) throws(EngineError) {
        let bytes = try path.read()
        func refused(_ cause: String) -> EngineError { EngineError(.read, file: path.path, cause: cause) }
        do {
            let format = try StableJSON.decode(RecordFormat.self, from: bytes).format
            guard format == Record.currentFormat else {
                throw refused(
                    "it is a record of format \(format), and this kdbook reads format \(Record.currentFormat) only; "
                        + "read it with the kdbook that wrote it")
            }
            self = try StableJSON.decode(Record.self, from: bytes)
        } catch let error as EngineError {
            throw error
        } catch {
            throw refused("it is not a record that can be read")
        }
    }
}
