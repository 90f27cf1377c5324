internal import Foundation
import Wire

/// What the metadata of a crate says of its files, read as untrusted input.
///
/// Nothing that it names elsewhere is fetched, its context included: the words are taken as RO-Crate's own context has them.
public struct CrateManifest: Hashable, Sendable {
    /// A file of the crate.
    public struct File: Hashable, Sendable {
        /// The file's place in the crate.
        public let path: ArchivePath
        /// As stated, in lower-case hexadecimal; `nil` where the metadata does not say.
        public let sha256: String?
    }

    /// In the order of their paths.
    public let files: [File]
    /// The addresses of files that are not in the crate.
    public let elsewhere: [String]

    /// The most bytes that metadata may have, and how deep it may nest.
    static let mostBytes = 64 << 20
    static let mostDepth = 32

    /// - Throws: why it is no metadata of a crate.
    public init(parsing bytes: [UInt8]) throws(ArchiveError) {
        let graph = try CrateManifest.graph(in: bytes)
        var files: [ArchivePath: File] = [:]
        var elsewhere: [String] = []
        var known: Set<String> = []
        for object in graph {
            guard case .string(let id)? = object["@id"] else {
                throw CrateManifest.error("an object of its graph has no @id")
            }
            guard known.insert(id).inserted else {
                throw CrateManifest.error("it describes \(ArchivePath.shown(id)) twice")
            }
            guard object.hasType("File"), !id.hasPrefix("#") else { continue }
            if id.contains(/^[A-Za-z][A-Za-z0-9+.-]*:/) || id.hasPrefix("//") {
                elsewhere.append(ArchivePath.shown(id))
                continue
            }
            let file = File(path: try CrateManifest.path(of: id), sha256: try CrateManifest.digest(in: object, of: id))
            guard files.updateValue(file, forKey: file.path) == nil else {
                throw CrateManifest.error("it describes \(file.path) twice")
            }
        }
        self.files = files.values.sorted { $0.path < $1.path }
        self.elsewhere = elsewhere
    }

    private static func graph(in bytes: [UInt8]) throws(ArchiveError) -> [[String: JSONValue]] {
        guard bytes.count <= mostBytes else { throw error("it has more than \(mostBytes) bytes") }
        guard isShallow(bytes) else { throw error("it nests more than \(mostDepth) deep") }
        guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)),
            case .object(let members) = json, case .array(let graph)? = members["@graph"]
        else { throw error("it is no JSON-LD with a @graph") }
        var objects: [[String: JSONValue]] = []
        for value in graph {
            guard case .object(let object) = value else { throw error("its graph has something that is no object") }
            objects.append(object)
        }
        return objects
    }

    /// Whether brackets outside of strings nest no deeper than ``mostDepth``: a parser that recurses could not end.
    private static func isShallow(_ bytes: [UInt8]) -> Bool {
        var (depth, isInString, isEscaped) = (0, false, false)
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            if depth > mostDepth { return false }
        }
        return true
    }

    private static func path(of id: String) throws(ArchiveError) -> ArchivePath {
        guard let text = id.removingPercentEncoding else { throw error("\(ArchivePath.shown(id)) is no URI") }
        return try ArchivePath(text.hasPrefix("./") ? String(text.dropFirst(2)) : text)
    }

    private static func digest(in object: [String: JSONValue], of id: String) throws(ArchiveError) -> String? {
        guard let value = object["sha256"] else { return nil }
        guard case .string(let text) = value, text.wholeMatch(of: /[0-9A-Fa-f]{64}/) != nil else {
            throw error("the sha256 of \(ArchivePath.shown(id)) is no SHA-256")
        }
        return text.lowercased()
    }

    private static func error(_ cause: String) -> ArchiveError { ArchiveError(CrateMetadata.fileName, cause: cause) }
}

extension [String: JSONValue] {
    fileprivate func hasType(_ name: String) -> Bool {
        switch self["@type"] {
        case .string(let type): type == name
        case .array(let types): types.contains(.string(name))
        default: false
        }
    }
}
