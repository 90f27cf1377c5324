import Foundation
import Notebook

extension RootedPath {
    /// Writes the file so that at every moment the old content or the new one stands there, whole. A link or a second name of
    /// the old content is replaced, and what it stands for stays.
    ///
    /// - Parameter workshop: where the file is made before it is put in its place, if that is on the same disk; beside
    ///   its place otherwise.
    public func write(_ bytes: [UInt8], by workshop: RootedPath? = nil) throws(EngineError) {
        do throws(Obstacle) {
            try withParent(isMade: true) { (folder, name) throws(SystemError) in
                if let shop = try? workshop?.openFolder(), (try? shop.put(bytes, in: folder, as: name)) != nil {
                    return
                }
                try folder.put(bytes, in: folder, as: name)
            }
        } catch {
            throw error.error(.write)
        }
    }

    /// Writes `value` as stable JSON.
    public func write(json value: some Encodable, by workshop: RootedPath? = nil) throws(EngineError) {
        let bytes: [UInt8]
        do {
            bytes = try StableJSON.encode(value)
        } catch {
            throw EngineError(.write, file: path, cause: "\(error)")
        }
        try write(bytes, by: workshop)
    }

    /// Makes the folder where there is none, with those above it.
    public func createFolder() throws(EngineError) {
        do throws(Obstacle) { _ = try openFolder(isMade: true) } catch { throw error.error(.write) }
    }

    /// Makes the folder, which is not there yet, so that only this user can look into it.
    func createPrivateFolder() throws(EngineError) {
        do throws(Obstacle) {
            try withParent { (folder, name) throws(SystemError) in try folder.makeFolder(name, mode: 0o700) }
        } catch {
            throw error.error(.write)
        }
    }

    /// A new file on the folder's disk that nobody else can open.
    func nameless() throws(EngineError) -> Descriptor {
        do throws(Obstacle) {
            return try (self / Draft.name()).withParent(isMade: true) { (folder, name) throws(SystemError) in
                let file = try folder.newFile(name, mode: 0o600)
                try folder.removeFile(name)
                return file
            }
        } catch {
            throw error.error(.write)
        }
    }

    /// Opens the file, which is made where there is none, for locks that hold for all who open it.
    func openLockFile() throws(EngineError) -> Descriptor {
        var tries = 0
        while true {
            do throws(Obstacle) {
                return try withParent(isMade: true) { (folder, name) throws(SystemError) in try folder.lockFile(name) }
            } catch {
                tries += 1
                // Another process may have removed the folder just now.
                guard error.cause.number == ENOENT, tries < RootedPath.mostTries else { throw error.error(.write) }
            }
        }
    }

    private static let mostTries = 100

    /// Gives a file or a folder another name.
    func moved(to other: RootedPath) -> Result<Void, Obstacle> {
        do throws(Obstacle) { return .success(try move(to: other)) } catch { return .failure(error) }
    }

    /// Gives a file or a folder another name.
    func move(to other: RootedPath) throws(Obstacle) {
        try withParent { (folder, name) throws(SystemError) in
            // Not to be opened is all that the other folder's obstacle says.
            guard let target = try? other.parent.openFolder() else { throw SystemError(ENOENT) }
            try folder.move(name, to: target, as: other.name)
        }
    }

    /// Lets this user start the file as a program.
    func permitStart() {
        try? withParent { (folder, name) throws(SystemError) in folder.permitAll(name) }
    }

    /// Says of what is in the folder under these names that it was used now, and changes nothing else of it.
    func touch(_ names: [String]) {
        guard let folder = try? openFolder() else { return }
        for name in names where name != "." && name != ".." { folder.touch(name) }
    }

    /// Removes the file, or the link, if there is one.
    public func removeFile() {
        try? withParent { (folder, name) throws(SystemError) in try folder.removeFile(name) }
    }

    /// Removes the folder if nothing is in it.
    public func removeEmptyFolder() {
        try? withParent { (folder, name) throws(SystemError) in try folder.removeEmptyFolder(name) }
    }

    /// Removes what writers to the folder left there that were ended before they were done. Nobody may be writing to it.
    public func sweep() {
        for name in entries where Draft.isName(name) { (self / name).removeFile() }
    }
}

/// A file that is not whole yet.
private enum Draft {
    static func name() -> String { ".\(UUID().uuidString)~" }

    static func isName(_ name: String) -> Bool {
        name.hasSuffix("~") && UUID(uuidString: String(name.dropFirst().dropLast())) != nil
    }
}

extension Descriptor {
    /// Makes a file here and puts it into a folder.
    fileprivate func put(_ bytes: [UInt8], in folder: borrowing Descriptor, as name: String) throws(SystemError) {
        let draft = Draft.name()
        do {
            try newFile(draft).append(bytes)
            try move(draft, to: folder, as: name)
        } catch {
            try? removeFile(draft)
            throw error
        }
    }
}
