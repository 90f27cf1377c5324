package import Engine
package import Notebook

extension Record {
    /// The record in the file at `path`.
    package init(contentsOf path: RootedPath) throws(EngineError) {
        do {
            self = try StableJSON.decode(Record.self, from: try path.read())
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.read, file: path.path, cause: "it is no record of this version of kdbook")
        }
    }
}
