public import Wire

/// One thing that a crate's metadata describes: an object of the JSON-LD graph.
public struct CrateEntity: Hashable, Sendable {
    /// The identifier `@id`: a path in the crate, an address, or a name that begins with `#`.
    public let id: String
    /// The values of `@type`, such as `File` and `ComputationalWorkflow`; at least one.
    public let types: [String]
    /// All its other properties.
    public var members: [String: JSONValue]

    init(_ id: String, _ types: [String], _ members: [String: JSONValue?]) {
        self.id = id
        self.types = types
        self.members = members.compactMapValues(\.self)
    }

    var json: JSONValue {
        let type: JSONValue = types.count == 1 ? .string(types[0]) : .array(types.map(JSONValue.string))
        return .object(members.merging(["@id": .string(id), "@type": type]) { $1 })
    }

    /// The identifier of a file: its path, with percent signs where a URI has them (RFC 3986).
    static func id(of path: ArchivePath) -> String {
        path.description.utf8.map { byte in
            let isPlain = unreserved.contains(byte) || byte == UInt8(ascii: "/")
            return isPlain ? String(UnicodeScalar(byte)) : "%" + hexadecimal(byte)
        }.joined()
    }

    private static let unreserved = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "0" + digits : digits
    }
}

extension JSONValue {
    static func reference(_ id: String) -> JSONValue { .object(["@id": .string(id)]) }

    /// References in the order of their bytes: one by itself, several as a list; `nil` for none.
    static func references(_ ids: some Sequence<String>) -> JSONValue? {
        let ids = Set(ids).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return ids.isEmpty ? nil : ids.count == 1 ? reference(ids[0]) : .array(ids.map(reference))
    }
}
