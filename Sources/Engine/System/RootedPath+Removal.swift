import Foundation

extension RootedPath {
    /// Removes a file, or a folder with all that is in it, however deep. What links stand for stays.
    ///
    /// - Returns: the bytes of the files that are gone.
    @discardableResult
    package func removeAll() -> Int {
        var removal = Removal()
        try? withParent { (folder, name) throws(SystemError) in
            removal.remove(name, in: folder)
        }
        return removal.freed
    }
}

/// What has been done of removing a folder.
///
/// Folders in folders are moved up one after another, so that each is emptied at the top: neither memory, nor open
/// descriptors, nor the length of a path grow with the depth.
private struct Removal {
    /// The bytes of the files that are gone.
    var freed = 0
    /// How many files and folders are gone or moved.
    private var steps = 0
    private var names = 0

    /// Removes what stands under `name`.
    mutating func remove(_ name: UnsafePointer<CChar>, in parent: borrowing Descriptor) {
        guard !removeSimple(name, in: parent), let top = open(name, in: parent) else { return }
        var before = -1
        while before < steps {
            before = steps
            for entry in top.entries where !removeSimple(entry, in: top) { flatten(entry, in: top) }
        }
        try? parent.removeEmptyFolder(name)
    }

    /// Removes a folder but for the folders in it, which are moved up beside it.
    private mutating func flatten(_ name: [CChar], in top: borrowing Descriptor) {
        guard let folder = open(name, in: top) else { return }
        for entry in folder.entries where !removeSimple(entry, in: folder) {
            // The name of the folder above stands in a folder: to move it is to change it.
            folder.permitAll(entry)
            moveUp(entry, from: folder, to: top)
        }
        _ = removeSimple(name, in: top)
    }

    private mutating func moveUp(_ name: [CChar], from folder: borrowing Descriptor, to top: borrowing Descriptor) {
        while true {
            names += 1
            do throws(SystemError) {
                try folder.move(name, to: top, as: "\(names)~")
                steps += 1
                return
            } catch {
                guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(error.number) else { return }
            }
        }
    }

    /// Removes a file, a link or an empty folder.
    ///
    /// - Returns: whether nothing is there any more.
    private mutating func removeSimple(_ name: UnsafePointer<CChar>, in folder: borrowing Descriptor) -> Bool {
        guard let status = try? folder.status(name) else { return true }
        do throws(SystemError) {
            if status.kind == .folder { try folder.removeEmptyFolder(name) } else { try folder.removeFile(name) }
        } catch {
            return false
        }
        steps += 1
        if status.kind == .file { freed += status.size }
        return true
    }

    /// Opens a folder to be emptied, also where its owner may not change it.
    private func open(_ name: UnsafePointer<CChar>, in parent: borrowing Descriptor) -> Descriptor? {
        guard (try? parent.status(name).kind) == .folder else { return nil }
        parent.permitAll(name)
        return try? parent.folder(name)
    }
}
