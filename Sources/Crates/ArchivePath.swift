/// The place of a file in an archive or a folder that somebody else made: names from its root on, with `/` between them.
///
/// What has a value of this type leads to one place below the root, on every system. Refused are names that lead upwards or
/// elsewhere, that hold a backslash, a colon or a character that nobody sees, and that end in a dot or a blank.
public struct ArchivePath: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The path as it was given, such as `Notebooks/dice.md`.
    public let description: String

    static let longest = 1_000
    static let longestName = 255

    /// - Throws: why the path is refused.
    public init(_ text: String) throws(ArchiveError) {
        func refused(_ cause: String) -> ArchiveError { ArchiveError(ArchivePath.shown(text), cause: cause) }
        guard !text.isEmpty, text.utf8.count <= ArchivePath.longest else {
            throw refused("a path has from 1 to \(ArchivePath.longest) bytes")
        }
        guard !text.hasPrefix("/") else { throw refused("the path begins at the root of the disk") }
        for name in text.split(separator: Character("/"), omittingEmptySubsequences: false) {
            guard !name.isEmpty, name != "." else { throw refused("the path has an empty name") }
            guard name != ".." else { throw refused("the path leads out of its folder") }
            guard name.utf8.count <= ArchivePath.longestName else {
                throw refused("a name has at most \(ArchivePath.longestName) bytes")
            }
            guard name.last != ".", name.last != " " else { throw refused("a name ends in a dot or a blank") }
        }
        guard text.unicodeScalars.allSatisfy(ArchivePath.isHarmless) else {
            throw refused("a name has a character that is not shown, or a backslash or a colon")
        }
        description = text
    }

    /// What two paths have in common that some system would take for one: case, and how letters are put together, do not count.
    var collisionKey: String { description.lowercased() }

    /// The paths of the folders that it lies in.
    var folders: [String] {
        let names = description.split(separator: "/")
        return names.indices.dropFirst().map { names[..<$0].joined(separator: "/") }
    }

    /// Paths come in the order of their UTF-8 bytes, which is the same on every system.
    public static func < (first: ArchivePath, second: ArchivePath) -> Bool {
        first.description.utf8.lexicographicallyPrecedes(second.description.utf8)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        default: scalar != "\\" && scalar != ":" && (scalar == " " || !scalar.properties.isWhitespace)
        }
    }

    /// A path as a message shows it: short, and without what a terminal would obey.
    static func shown(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.prefix(80).map { isHarmless($0) || $0 == "\\" || $0 == ":" ? $0 : "\u{FFFD}" }))
    }
}

extension ArchivePath {
    /// - Throws: that two of the paths are one on some system, or that one is a file and a folder.
    static func checkDistinct(_ paths: [ArchivePath]) throws(ArchiveError) {
        var seen: [String: ArchivePath] = [:]
        for path in paths {
            if let other = seen.updateValue(path, forKey: path.collisionKey) {
                let cause =
                    other == path
                    ? "it is there twice" : "it differs from \(other) only in case or in how letters are put together"
                throw ArchiveError(path.description, cause: cause)
            }
        }
        for path in paths {
            if let folder = path.folders.first(where: { seen[$0.lowercased()] != nil }) {
                throw ArchiveError(folder, cause: "it is a file, and \(path) lies in it")
            }
        }
    }
}
