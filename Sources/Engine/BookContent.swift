import Foundation

/// The files of a book as others are to get them.
extension Book {
    /// What is in a file of the book.
    ///
    /// - Parameter path: from the book's folder; it may be a link to another place of the same book.
    public func content(of path: String) throws(EngineError) -> [UInt8] {
        try withFile(path) { (file) throws(EngineError) in try file.read() }
    }

    /// The paths of all files in a folder and its folders, those left out whose names begin with a dot; the path itself where it
    /// is a file; none where there is nothing.
    public func filePaths(at path: String) throws(EngineError) -> [String] {
        guard try resolved(path).exists else { return [] }
        return try Inputs.files(at: path, in: self)
            .filter { !$0.dropFirst(path.count).contains("/.") }.sorted()
    }

    /// When the book was last committed, in seconds since 1970; `nil` where it is under no version control by git.
    ///
    /// git reads the book's own configuration, which may name programs. The one command that is asked for runs none of them,
    /// follows no partial clone to its server, and reads nobody else's configuration.
    public func commitTime() throws(EngineError) -> Int? {
        guard let git = SearchPath.find("git") else { return nil }
        let environment = [
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_NO_LAZY_FETCH": "1",
            "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
        ]
        let (end, output) = try Engine.run(
            git, ["-C", root, "-c", "protocol.allow=never", "cat-file", "commit", "HEAD"], environment: environment,
            timeout: 10)
        guard end == .exited(status: 0) else { return nil }
        // The header ends at the first empty line; a message could say anything.
        let header = output.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.isEmpty }
        let committer = header.first { $0.hasPrefix("committer ") }
        return committer?.split(separator: " ").suffix(2).first.flatMap { Int($0) }
    }
}

extension Book {
    /// The SHA-256 of an input as a record names it: of the file's content, or of what it holds where the file is packed.
    ///
    /// - Returns: `nil` where the book has no such file.
    public func contentDigest(ofInput path: String) throws(EngineError) -> String? {
        for candidate in [path, path + ".gz"] {
            guard let place = try? resolved(candidate), place.exists else { continue }
            return try place.contentDigest().description
        }
        return nil
    }
}

/// A package's version, as a book's lock has it.
public struct LockedPackage: Hashable, Sendable {
    /// The name by which Swift's package manager knows the package.
    public let identity: String
    /// The address of its repository.
    public let url: String
    /// The version that the lock holds, such as `1.2.0`.
    public let version: String
    /// The commit that the version stood for when it was locked, in hexadecimal.
    public let revision: String
}

extension Book {
    /// The packages that the book's lock holds; none where it has no lock.
    public func lockedPackages() throws(EngineError) -> [LockedPackage] {
        try PackageLock.read(in: self)?.pins.map { pin in
            LockedPackage(identity: pin.identity, url: pin.url, version: pin.version, revision: pin.revision)
        } ?? []
    }
}
