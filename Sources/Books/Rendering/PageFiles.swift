package import Engine
import Notebook
import Publishing

/// The files in the folder of a page.
package struct PageFiles {
    let folder: RootedPath

    package init(folder: RootedPath) { self.folder = folder }

    /// Writes `files`, by their paths from the folder, and removes the pictures of the page as it was before.
    func write(_ files: [String: [UInt8]], by workshop: RootedPath) throws(EngineError) {
        // The page last: at no moment does it refer to a picture that is not there.
        for name in files.keys.sorted(by: { ($0 == "index.html" ? 1 : 0, $0) < ($1 == "index.html" ? 1 : 0, $1) }) {
            try (folder / name).write(files[name] ?? [], by: workshop)
        }
        removePictures(except: Set(files.keys))
        folder.sweep()
    }

    /// Removes the page and its pictures; the record stays.
    package func removePage() {
        (folder / "index.html").removeFile()
        removePictures()
        removeOutputs()
        removeEmptyFolders()
    }

    /// Removes those of `files` that are there.
    func remove(_ files: some Sequence<String>) {
        for file in files { (folder / file).removeFile() }
        removeEmptyFolders()
    }

    /// Removes the files that the notebook wrote by the record beside the page, but for those that it writes now.
    func removeOutputs(except kept: Set<String> = []) {
        for output in (try? Record(contentsOf: folder / "record.json"))?.outputs ?? [] where !kept.contains(output.path)
        {
            (folder / output.path).removeFile()
        }
        (folder / Record.Output.folder).removeEmptyFolder()
    }

    private func removeEmptyFolders() {
        for empty in [FigureFiles.folder, AttachedFiles.folder, ControlSetting.folder, Record.Output.folder].map({
            folder / $0
        }) + [folder] {
            empty.removeEmptyFolder()
        }
    }

    /// Removes pictures and files of the book's that this tool wrote, and no others.
    private func removePictures(except kept: Set<String> = []) {
        let pictures = folder / FigureFiles.folder
        for name in pictures.entries where FigureFiles.isName(name) && !kept.contains("\(FigureFiles.folder)/\(name)") {
            if let content = try? (pictures / name).read(),
                isLabelled(content) || isLabelledDrawing(content)
                    || FigureData.isOwn(content)
            {
                (pictures / name).removeFile()
            }
        }
        let controls = folder / ControlSetting.folder
        for name in controls.entries where !kept.contains("\(ControlSetting.folder)/\(name)") && name.hasSuffix(".json")
        {
            (controls / name).removeFile()
        }
        let files = folder / AttachedFiles.folder
        for name in files.entries where !kept.contains("\(AttachedFiles.folder)/\(name)") {
            if let content = try? (files / name).read(), AttachedFiles.isOwn(name, content) {
                (files / name).removeFile()
            }
        }
    }
}
