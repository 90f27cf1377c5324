import Engine
import Notebook
import Publishing

extension AttachedFiles {
    /// The files of `book` that the prose of `notebook` shows or leads to.
    init(of notebook: Notebook, in book: Book) {
        self.init(of: notebook) { path in
            do throws(EngineError) {
                return .success(try book.attachment(path))
            } catch {
                return .failure(AttachmentProblem("\(path) \(error.phase.rawValue): \(error.cause)"))
            }
        }
    }
}
