import Foundation

/// A file or a folder, named by the way to it from a root.
///
/// The root is a folder that the user chose, wherever links lead. On the way from there no link is followed: a book may come
/// from somebody else, with the links in it.
public struct RootedPath: Hashable, Sendable {
    /// Absolute.
    let root: String
    /// The names from there on; none for the root itself.
    let names: [String]

    private init(root: String, names: [String]) {
        self.root = root
        self.names = names
    }

    /// - Parameter root: absolute.
    public init(root: String) { self.init(root: root, names: []) }

    /// What lies in a folder.
    ///
    /// - Parameter way: names with `/` between them.
    public static func / (folder: RootedPath, way: some StringProtocol) -> RootedPath {
        RootedPath(
            root: folder.root, names: folder.names + String(way).split(separator: Character("/")).map { String($0) })
    }

    /// Its absolute path, for messages and for programs.
    public var path: String { path(of: names.count) }

    /// Its name.
    var name: String { names.last ?? (root as NSString).lastPathComponent }

    /// The folder that it lies in.
    public var parent: RootedPath {
        names.isEmpty
            ? RootedPath(root: (root as NSString).deletingLastPathComponent)
            : RootedPath(root: root, names: names.dropLast())
    }

    private func path(of count: Int) -> String {
        names.isEmpty ? root : ([root == "/" ? "" : root] + names[..<count]).joined(separator: "/")
    }
}

/// What stands in the way to a file.
struct Obstacle: Error {
    let cause: SystemError
    /// Where it stands.
    let path: String
    let isLink: Bool

    private static let advice = "it is a link, which kdbook does not follow here: remove it"

    func error(_ phase: EngineError.Phase) -> EngineError {
        EngineError(phase, file: path, cause: isLink ? Obstacle.advice : cause.text)
    }
}

extension RootedPath {
    /// Opens the folder, name by name.
    ///
    /// - Parameter isMade: whether it is made where it is missing, with those above it.
    func openFolder(isMade: Bool = false) throws(Obstacle) -> Descriptor {
        var folder = try openRoot(isMade: isMade)
        for (index, name) in names.enumerated() {
            do throws(SystemError) {
                folder = try RootedPath.open(name, in: folder, isMade: isMade)
            } catch {
                throw obstacle(error, name, in: folder, count: index + 1)
            }
        }
        return folder
    }

    private static func open(
        _ name: String, in folder: borrowing Descriptor, isMade: Bool
    ) throws(SystemError) -> Descriptor {
        // What leads upwards is no name.
        guard name != ".." && name != "." else { throw SystemError(EINVAL) }
        do {
            return try folder.folder(name)
        } catch let error where error.number == ENOENT && isMade {
            do {
                try folder.makeFolder(name)
            } catch let error where error.number == EEXIST {
                // Another render made it just now.
            }
            return try folder.folder(name)
        }
    }

    private func openRoot(isMade: Bool) throws(Obstacle) -> Descriptor {
        do throws(SystemError) {
            return try Descriptor.folder(path: root)
        } catch let error where error.number == ENOENT && isMade {
            let own = RootedPath(root: root)
            let above = try own.parent.openFolder(isMade: own.parent.root.count < root.count)
            do {
                try above.makeFolder(own.name)
            } catch let error where error.number == EEXIST {
                // Another render made it just now.
            } catch {
                throw Obstacle(cause: error, path: root, isLink: false)
            }
            return try openRoot(isMade: false)
        } catch {
            throw Obstacle(cause: error, path: root, isLink: false)
        }
    }

    /// Does `body` with the folder that it lies in, opened, and its name there.
    func withParent<Result: ~Copyable>(
        isMade: Bool = false, _ body: (borrowing Descriptor, String) throws(SystemError) -> Result
    ) throws(Obstacle) -> Result {
        let folder = try parent.openFolder(isMade: isMade)
        do throws(SystemError) {
            guard name != ".." && name != "." else { throw SystemError(EINVAL) }
            return try body(folder, name)
        } catch {
            throw obstacle(error, name, in: folder, count: names.count)
        }
    }

    /// Says of a failure whether a link is its cause.
    private func obstacle(
        _ cause: SystemError, _ name: String, in folder: borrowing Descriptor, count: Int
    ) -> Obstacle {
        let kind = (try? folder.status(name))?.kind
        return Obstacle(cause: cause, path: path(of: count), isLink: kind == .link && !names.isEmpty)
    }
}
