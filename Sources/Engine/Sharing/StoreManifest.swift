import Digest
import Notebook

#if canImport(Glibc)
    import Glibc
#endif

/// What one push brought into a shared store: which content stands under which name. It is signed as a whole, so that nobody
/// but the signer can put other content under a name.
struct StoreManifest: Codable, Sendable {
    /// What stands under a name.
    struct Content: Codable, Hashable, Sendable {
        let sha256: String
        let size: Int
        /// The digest of what two machines must agree in, where their files may differ: of a record without the digests of its
        /// pictures' files, which depend on the version of zlib; of a library without its debug information.
        var meaning: String?

        /// Whether both say the same.
        func agrees(with other: Content) -> Bool { (meaning ?? sha256) == (other.meaning ?? other.sha256) }
    }

    /// What compiled cells ask for that no key stands for.
    struct System: Codable, Hashable, Sendable {
        /// The version of the C library that they were linked to: `2.36`.
        let cLibrary: String
        /// The folder of Swift's libraries, which each of them names.
        let swiftLibraries: String

        /// Why cells that were compiled on it cannot be used on `other`; `nil` where they can.
        func obstacle(on other: System) -> String? {
            if swiftLibraries != other.swiftLibraries {
                return "its Swift lies at \(swiftLibraries), and this one's at \(other.swiftLibraries)"
            }
            let (theirs, ours) = (System.number(cLibrary), System.number(other.cLibrary))
            return ours.lexicographicallyPrecedes(theirs)
                ? "its C library is \(cLibrary), and this one's \(other.cLibrary)" : nil
        }

        private static func number(_ version: String) -> [Int] { version.split(separator: ".").map { Int($0) ?? .max } }
    }

    static let currentFormat = 1
    /// The most bytes that a file may have.
    static let mostBytes = 1 << 30
    /// The most files that a manifest may name.
    static let mostFiles = 250_000

    let format: Int
    let system: System
    private let files: [String: Content]

    init(system: System, contents: [SharedName: Content]) {
        format = StoreManifest.currentFormat
        self.system = system
        files = Dictionary(uniqueKeysWithValues: contents.map { ($0.key.path, $0.value) })
    }

    var encoded: [UInt8] {
        get throws(EngineError) {
            do { return try StableJSON.encode(self) } catch {
                throw EngineError(.write, file: "the manifest", cause: "\(error)")
            }
        }
    }

    /// Why a manifest is refused.
    struct Refusal: Error, Hashable {
        let words: String
    }

    /// Reads what a signer wrote, who may be mistaken or worse.
    static func contents(of bytes: [UInt8]) throws(Refusal) -> (system: System, contents: [SharedName: Content]) {
        guard let manifest = try? StableJSON.decode(StoreManifest.self, from: bytes) else {
            throw Refusal(words: "it is no manifest of a store")
        }
        guard manifest.format == currentFormat else {
            throw Refusal(words: "its format is \(manifest.format), and this kdbook reads \(currentFormat)")
        }
        guard manifest.files.count <= mostFiles else { throw Refusal(words: "it names more than \(mostFiles) files") }
        var contents: [SharedName: Content] = [:]
        for (path, content) in manifest.files {
            guard let name = SharedName(path) else {
                throw Refusal(words: "`\(path.prefix(200))` is no name of a file that stores share")
            }
            guard SharedName.isDigest(content.sha256), (0...mostBytes).contains(content.size) else {
                throw Refusal(words: "\(path): no file has such a digest or size")
            }
            contents[name] = content
        }
        return (manifest.system, contents)
    }
}

extension StoreManifest.System {
    /// This machine, with the Swift of `installation`.
    init(_ installation: Installation) {
        #if canImport(Glibc)
            // `glibc 2.36`
            let words = [CChar](unsafeUninitializedCapacity: 128) { buffer, count in
                count = min(confstr(Int32(_CS_GNU_LIBC_VERSION), buffer.baseAddress, buffer.count), buffer.count)
            }
            let text = String(decoding: words.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            let version = text.split(separator: " ").last.map(String.init) ?? ""
        #else
            let version = ""
        #endif
        self.init(cLibrary: version, swiftLibraries: installation.swiftLibraries)
    }
}

/// A manifest with its signature, as one file, so that neither is ever there without the other. The file's name is its digest.
struct SignedManifest: Sendable {
    let manifest: [UInt8]
    let signature: [UInt8]

    private static let mark = Array("-----BEGIN SSH SIGNATURE-----".utf8)
    /// The most bytes that such a file may have.
    static let mostBytes = 64 << 20

    var bytes: [UInt8] { manifest + signature }

    init(manifest: [UInt8], signature: [UInt8]) {
        self.manifest = manifest
        self.signature = signature
    }

    /// - Returns: `nil` where there is no signature behind a manifest.
    init?(_ bytes: [UInt8]) {
        // The signature is short: it is looked for from the end.
        let start = max(0, bytes.count - (64 << 10))
        guard
            let place = (start..<bytes.count).last(where: { bytes[$0...].starts(with: SignedManifest.mark) }),
            place > 0
        else { return nil }
        self.init(manifest: Array(bytes[..<place]), signature: Array(bytes[place...]))
    }

    /// Signs `manifest`.
    ///
    /// - Parameter folder: where nobody else can write.
    init(
        _ manifest: [UInt8], with key: String, by keygen: SSHKeygen, in folder: RootedPath
    ) throws(EngineError) {
        let file = folder / "manifest"
        try file.write(manifest)
        (folder / "manifest.sig").removeFile()
        try keygen.sign(file, with: key, for: .store)
        self.init(manifest: manifest, signature: try (folder / "manifest.sig").read())
    }

    /// Who signed it; `nil` where it was none of those who are allowed to.
    func signer(among allowed: String, by keygen: SSHKeygen, in folder: RootedPath) throws(EngineError) -> String? {
        let (file, signed) = (folder / "manifest", folder / "manifest.sig")
        try file.write(manifest)
        try signed.write(signature)
        return try keygen.signer(of: file, by: signed, among: allowed, for: .store)
    }
}
