import Foundation

/// What the user calls a place.
public enum SharedAddress: Sendable {
    case folder(String)
    case ssh(host: String, port: Int?, path: String)
    case web(String)

    /// - Parameters:
    ///   - text: a folder, `ssh://[USER@]HOST[:PORT]/PATH`, `[USER@]HOST:PATH`, or `https://HOST/PATH`.
    ///   - folder: the folder that a path begins at.
    /// - Throws: why it is no address.
    public init(_ text: String, from folder: String) throws(EngineError) {
        if let scheme = text.firstRange(of: "://").map({ text[..<$0.lowerBound] }) {
            switch scheme {
            case "https", "http": self = .web(try SharedAddress.checked(web: text))
            case "ssh": self = try SharedAddress.ssh(String(text.dropFirst(6)), text)
            case "file": self = .folder(String(text.dropFirst(7)))
            default: throw SharedAddress.refused(text, "kdbook shares stores through folders, ssh and https")
            }
        } else if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
            let path = String(text[text.index(after: colon)...])
            self = .ssh(
                host: try Self.checked(host: text[..<colon], text), port: nil,
                path: try Self.checked(path: path, text))
        } else {
            guard !text.isEmpty else { throw SharedAddress.refused(text, "it is empty") }
            self = .folder(text.hasPrefix("/") ? text : folder + "/" + text)
        }
    }

    func place() throws(EngineError) -> any SharedPlace {
        switch self {
        case .folder(let path): SharedFolder(path)
        case .ssh(let host, let port, let path): try SSHPlace(host: host, port: port, path: path)
        case .web(let address): try WebPlace(address)
        }
    }

    private static func ssh(_ rest: String, _ text: String) throws(EngineError) -> SharedAddress {
        guard let slash = rest.firstIndex(of: "/") else { throw refused(text, "it names no folder: ssh://HOST/PATH") }
        var host = rest[..<slash]
        var port: Int?
        if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
            port = Int(host[host.index(after: colon)...])
            guard let port, (1...65535).contains(port) else { throw refused(text, "its port is no number") }
            host = host[..<colon]
        }
        // `ssh://host/~/x` is in the home folder, as git has it.
        let path = String(rest[slash...])
        return .ssh(
            host: try checked(host: host, text), port: port,
            path: try checked(path: path.hasPrefix("/~/") ? String(path.dropFirst(3)) : path, text))
    }

    private static func refused(_ text: String, _ why: String) -> EngineError {
        EngineError(.find, file: text, cause: why)
    }
}

extension SharedAddress {
    /// A host that no program takes for an option, and no shell for anything else.
    fileprivate static func checked(host: Substring, _ text: String) throws(EngineError) -> String {
        let isPlain = host.utf8.allSatisfy { byte in
            let character = Character(Unicode.Scalar(byte))
            return character.isLetter && byte < 128 || character.isNumber || "@._-:[]%".contains(character)
        }
        guard !host.isEmpty, !host.hasPrefix("-"), isPlain else {
            throw EngineError(.find, file: text, cause: "`\(host)` is no host")
        }
        return String(host)
    }

    /// A path that means the same to sftp, which reads some characters as patterns.
    fileprivate static func checked(path: String, _ text: String) throws(EngineError) -> String {
        guard !path.isEmpty,
            !path.unicodeScalars.contains(where: { $0.value < 32 || "*?[]\\\"'".unicodeScalars.contains($0) })
        else {
            throw EngineError(.find, file: text, cause: "a path over ssh has none of the characters * ? [ ] \\ \" '")
        }
        return path.hasPrefix("-") ? "./" + path : path
    }

    /// An address to which names can be added.
    fileprivate static func checked(web text: String) throws(EngineError) -> String {
        guard let url = URL(string: text), url.host?.isEmpty == false, url.query == nil, url.fragment == nil,
            !text.unicodeScalars.contains(where: { $0.value <= 32 || $0 == "\"" || $0 == "\\" })
        else { throw refused(text, "it is no address of a folder, such as https://example.org/store") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
