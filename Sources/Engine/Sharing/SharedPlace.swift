import Foundation

/// A file of a shared store. Its name is the digest of its content, so that nothing there is ever written over.
struct SharedFile: Hashable, Sendable {
    enum Folder: String, CaseIterable, Sendable {
        /// What is signed: a file for each push.
        case manifests
        /// What stands in stores.
        case objects
    }

    let folder: Folder
    let digest: String

    init(_ folder: Folder, _ digest: String) {
        self.folder = folder
        self.digest = digest
    }

    /// From the shared store's folder.
    var path: String { "\(folder.rawValue)/\(digest)" }
}

/// Where a shared store lies. Nothing that comes from there is believed: neither names, nor sizes, nor content.
protocol SharedPlace: Sendable {
    /// As the user named it.
    var address: String { get }

    /// Makes its folders, where they are missing, to be pushed to.
    func prepare() throws(EngineError)

    /// The names in a folder of it that are digests, sorted, and how many others there are.
    func names(in folder: SharedFile.Folder) throws(EngineError) -> (digests: [String], others: Int)

    /// Copies files into a folder, each under its digest; what is not there is left out.
    ///
    /// - Parameter files: each with the most bytes that it may have.
    func get(_ files: [SharedFile: Int], into folder: RootedPath) throws(EngineError)

    /// Puts files there, each whole or not at all. Those that are there already stay.
    ///
    /// - Parameter folder: has the files, each under its digest.
    func put(_ files: [SharedFile], from folder: RootedPath) throws(EngineError)

    /// The list of manifests, for those who cannot list a folder; empty where there is none.
    func index() throws(EngineError) -> [String]

    /// Puts the list of manifests in the place of another.
    func put(index: [String]) throws(EngineError)
}

extension SharedPlace {
    /// Has the index name all manifests that are there. Who writes an older list at the same time finds it out as we do, behind
    /// its own writing, so that whoever is last leaves a whole one.
    func updateIndex() throws(EngineError) {
        for _ in 0..<SharedIndex.mostTries {
            let manifests = try names(in: .manifests).digests
            if Set(try index()).isSuperset(of: manifests) { return }
            try put(index: manifests)
        }
        throw EngineError(.write, file: "\(address)/\(SharedIndex.name)", cause: "others write it without end")
    }
}

/// The file that lists the manifests, one in a line. It is not signed: all that a wrong one can do is withhold.
enum SharedIndex {
    static let name = "index"
    static let mostTries = 100
    static let mostBytes = 16 << 20

    static func bytes(of manifests: [String]) -> [UInt8] { Array(manifests.map { $0 + "\n" }.joined().utf8) }

    static func manifests(in bytes: [UInt8]) -> [String] {
        String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace }.map(String.init)
    }

    /// The digests among `names`, and how many others there are. Drafts of files, whose names begin with a dot, count as neither.
    static func sorted(_ names: some Sequence<String>) -> (digests: [String], others: Int) {
        let all = names.filter { !$0.hasPrefix(".") }
        let digests = Set(all.filter(SharedName.isDigest)).sorted()
        return (digests, all.count { !SharedName.isDigest($0) })
    }
}

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
        guard !path.isEmpty, !path.unicodeScalars.contains(where: { $0.value < 32 || "*?[]\\\"'".unicodeScalars.contains($0) })
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
