import Foundation
import Wire

/// Where a file is to be written that the notebook declares under `outputs`:
///
///     try results.write(to: outputFile("results.csv"))
///
/// What stands there when the notebook ends is kept, offered on its page, and known to other notebooks as `NOTEBOOK/results.csv`.
/// The place differs from run to run, so it is nothing to be shown. In a program without a book it is the current folder.
public func outputFile(_ name: String) -> String { NotebookFiles.current.output(name) }

/// Where a file lies that the notebook declares under `inputs`, such as `02-train/results.csv`, which the notebook `02-train` wrote:
///
///     let results = try Frame(contentsOf: inputFile("02-train/results.csv"))
///
/// A file of the book lies where its name says, and is read by it alone as well.
public func inputFile(_ path: String) -> String { NotebookFiles.current.input(path) }

/// The files that the notebook declares, as far as its cells ask for them.
///
/// Not checked: it is told before the first cell, by the thread that runs the cells, and changes no more.
final class NotebookFiles: @unchecked Sendable {
    static let current = NotebookFiles()

    /// `nil` where no engine runs the cells.
    private var files: DeclaredFiles?
    private var home = ""

    func declare(_ files: DeclaredFiles, home: String) { (self.files, self.home) = (files, home) }

    fileprivate func output(_ name: String) -> String {
        guard let files else { return name }
        guard files.outputs.contains(name) else {
            let declared = files.outputs.isEmpty ? "" : "; it declares \(files.outputs.joined(separator: ", "))"
            fatalError(
                "`\(name)` is no output of this notebook: `outputs: [\(name)]` in its front matter makes it one\(declared)"
            )
        }
        let folder = home + "/" + DeclaredFiles.outputFolder
        // That it is there already is no error, and any other shows when the file is written.
        mkdir(folder, 0o700)
        return folder + "/" + name
    }

    fileprivate func input(_ path: String) -> String {
        guard let files else {
            // Beside a program lies what others wrote.
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return access(path, F_OK) == 0 ? path : name
        }
        if let place = files.inputs[path] { return place }
        guard access(path, F_OK) == 0 else {
            fatalError(
                "`\(path)` is no input of this notebook: `inputs: [\(path)]` in its front matter makes it one, where it is "
                    + "a file of the book or NOTEBOOK/FILE, which another notebook writes")
        }
        return path
    }
}
