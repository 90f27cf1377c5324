import Digest

/// The manifests of a shared store, each held against its digest and its signature before anything in it is read.
struct ReceivedManifests {
    struct Signed {
        let digest: String
        /// Whose key signed it, as the file of allowed signers calls them.
        let signer: String
        let system: StoreManifest.System
        let contents: [SharedName: StoreManifest.Content]
    }

    /// Those that an allowed key signed, by their digests.
    private(set) var signed: [Signed] = []
    /// What is said of those that are not what they seem.
    private(set) var refused: [String] = []
    /// What is said of those that somebody else signed, which others may well read.
    private(set) var leftOut: [String] = []

    /// The most manifests that a shared store may have.
    private static let mostManifests = 20_000
    /// The most bytes that they may have together.
    private static let mostBytes = 2 << 30

    /// - Parameters:
    ///   - allowed: the path of a file of allowed signers.
    ///   - folder: where nobody else can write; it is removed again.
    init(
        at place: any SharedPlace, allowed: String, keygen: SSHKeygen, in folder: RootedPath
    ) throws(EngineError) {
        let (digests, others) = try place.names(in: .manifests)
        if others > 0 { refused.append("\(place.address)/manifests: refused: \(others) of its names are no digests") }
        guard digests.count <= ReceivedManifests.mostManifests else {
            throw EngineError(
                .read, file: "\(place.address)/manifests",
                cause: "there are more than \(ReceivedManifests.mostManifests); begin with an empty folder")
        }
        defer { folder.removeAll() }
        var rest = ReceivedManifests.mostBytes
        for batch in digests.batches(of: { _ in 4 << 20 }) {
            let (received, trial) = (folder / "received", folder / "trial")
            try received.createFolder()
            let most = min(SignedManifest.mostBytes, rest)
            try place.get(
                Dictionary(uniqueKeysWithValues: batch.map { (SharedFile(.manifests, $0), most) }), into: received)
            for digest in batch {
                let file = received / digest
                rest -= file.size ?? 0
                guard rest >= 0 else {
                    throw EngineError(.read, file: "\(place.address)/manifests", cause: "they are too large")
                }
                let name = "\(place.address)/manifests/\(digest)"
                do throws(StoreManifest.Refusal) {
                    let manifest = try read(file, digest)
                    if let signer = try signer(of: manifest, allowed, keygen, in: trial) {
                        let (system, contents) = try StoreManifest.contents(of: manifest.manifest)
                        signed.append(Signed(digest: digest, signer: signer, system: system, contents: contents))
                    } else {
                        leftOut.append("\(name): left out: no allowed key signed it")
                    }
                } catch {
                    refused.append("\(name): refused: \(error.words)")
                }
            }
            received.removeAll()
        }
    }

    private func read(_ file: RootedPath, _ digest: String) throws(StoreManifest.Refusal) -> SignedManifest {
        guard let bytes = try? file.read() else {
            throw StoreManifest.Refusal(words: "it is not there, or no file, or too large")
        }
        let found = SHA256Digest(of: bytes)
        guard found.description == digest else {
            throw StoreManifest.Refusal(words: "its content has the digest \(found.short)…")
        }
        guard let manifest = SignedManifest(bytes) else { throw StoreManifest.Refusal(words: "it bears no signature") }
        return manifest
    }

    private func signer(
        of manifest: SignedManifest, _ allowed: String, _ keygen: SSHKeygen, in folder: RootedPath
    ) throws(StoreManifest.Refusal) -> String? {
        do throws(EngineError) { return try manifest.signer(among: allowed, by: keygen, in: folder) } catch {
            throw StoreManifest.Refusal(words: error.description)
        }
    }
}
