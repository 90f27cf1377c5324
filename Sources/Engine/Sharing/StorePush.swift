import Notebook

/// Gives a store's entries to others: the files under their digests, and a signed manifest of what is new.
public struct StorePush: Sendable {
    let store: Store
    let place: any SharedPlace
    let key: String
    /// The path of a file of signers whose signatures need no second one; `nil` where there is none.
    let allowed: String?
    let system: StoreManifest.System
    private let keygen: SSHKeygen

    /// What came of it.
    public struct Report: Sendable {
        /// How many entries of each kind are new there, in words.
        public let given: [String]
        /// How many entries were there already, signed with the same key or by an allowed signer.
        public let known: Int
        /// How many bytes were sent.
        public let bytes: Int
        /// The digest of the manifest; `nil` where there was nothing to sign.
        public let manifest: String?
    }

    /// - Parameters:
    ///   - key: the path of an OpenSSH key to sign with.
    ///   - allowed: the path of a file of allowed signers: what one of them signed already is not signed again.
    public init(
        _ store: Store, to address: SharedAddress, key: String, allowed: String?, installation: Installation
    ) throws(EngineError) {
        self.store = store
        self.key = key
        self.allowed = allowed
        system = StoreManifest.System(installation)
        place = try address.place()
        keygen = try SSHKeygen()
    }

    /// - Parameter entries: those that are given, where the store has them; all of the store's where it is `nil`.
    package func run(only entries: Set<SharedEntry>?) throws(EngineError) -> Report {
        try withFetchFolder(in: store.workshop) { (folder) throws(EngineError) in
            try place.prepare()
            var contents = chosen(entries)
            let known = try signedBefore(in: folder)
            let objects = try put(contents, in: folder)
            let all = Set(contents.keys.map(SharedEntry.init))
            contents = contents.filter { known[$0.key] != $0.value }
            let new = Set(contents.keys.map(SharedEntry.init))
            var manifest: String?
            if !contents.isEmpty { manifest = try put(manifestOf: contents, in: folder) }
            try place.updateIndex()
            return Report(
                given: SharedEntry.counts(of: new),
                known: all.subtracting(new).count { !$0.isOfCircumstances }, bytes: objects, manifest: manifest)
        }
    }

    /// What of the store is given: only what is whole, and of compilations by content those whose cell is given.
    private func chosen(_ entries: Set<SharedEntry>?) -> [SharedName: StoreManifest.Content] {
        var contents: [SharedName: StoreManifest.Content] = [:]
        for (entry, names) in store.sharedEntries() where entry.part != .twins {
            guard entries?.contains(entry) ?? true, let content = store.sharedContent(names) else { continue }
            contents.merge(content) { first, _ in first }
        }
        let cells = Set(contents.keys.filter { $0.part == .cells }.map(\.key))
        for entry in store.twins.entries {
            guard let name = SharedName("\(SharedName.Part.twins.rawValue)/\(entry)"),
                let target = SealedFile.read(String.self, from: store.twins / entry), cells.contains(target),
                let content = store.sharedContent([name])
            else { continue }
            contents.merge(content) { first, _ in first }
        }
        return contents
    }

    /// What this key or an allowed one has signed there already.
    private func signedBefore(in folder: RootedPath) throws(EngineError) -> [SharedName: StoreManifest.Content] {
        let own = folder / "own"
        let others = try allowed.map { path throws(EngineError) in try Files.readText(path) } ?? ""
        try own.write(Array("own \(try keygen.publicKey(of: key))\n\(others)\n".utf8))
        let manifests = try ReceivedManifests(
            at: place, allowed: own.path, keygen: keygen, in: folder / "manifests")
        return manifests.signed.reduce(into: [:]) { known, manifest in
            known.merge(manifest.contents) { $1 }
        }
    }

    /// Puts the files there that are missing.
    ///
    /// - Returns: how many bytes they have.
    private func put(
        _ contents: [SharedName: StoreManifest.Content], in folder: RootedPath
    ) throws(EngineError) -> Int {
        var present = Set(try place.names(in: .objects).digests)
        let outgoing = folder / "objects"
        var bytes = 0
        for batch in contents.sorted(by: { $0.key.path < $1.key.path }).batches(of: { $0.value.size }) {
            var files: [SharedFile] = []
            for (name, content) in batch where present.insert(content.sha256).inserted {
                // What was changed meanwhile is not what is to be signed.
                let read = try (store.folder / name.path).read()
                guard StoreManifest.Content(name, read) == content else {
                    throw EngineError(
                        .read, file: (store.folder / name.path).path,
                        cause: "it changed while it was pushed; push again")
                }
                try (outgoing / content.sha256).write(read)
                files.append(SharedFile(.objects, content.sha256))
                bytes += content.size
            }
            try place.put(files, from: outgoing)
            outgoing.removeAll()
        }
        return bytes
    }

    /// Signs what is new and puts it there, as the last thing: what a manifest names is there before it.
    private func put(
        manifestOf contents: [SharedName: StoreManifest.Content], in folder: RootedPath
    ) throws(EngineError) -> String {
        guard contents.count <= StoreManifest.mostFiles else {
            throw EngineError(
                .write, file: store.folder.path,
                cause: "it has more than \(StoreManifest.mostFiles) files to share; push without --all")
        }
        let manifest = StoreManifest(system: system, contents: contents)
        let signed = try SignedManifest(try manifest.encoded, with: key, by: keygen, in: folder)
        let draft = folder / "outgoing"
        try (draft / "signed").write(signed.bytes)
        let digest = try (draft / "signed").digest().description
        try (draft / digest).write(signed.bytes)
        try place.put([SharedFile(.manifests, digest)], from: draft)
        return digest
    }
}

extension SharedEntry {
    /// How many there are of each kind: `3 compiled cells`.
    static func counts(of entries: some Sequence<SharedEntry>) -> [String] {
        let parts = entries.filter { !$0.isOfCircumstances }.reduce(into: [:]) { $0[$1.part, default: 0] += 1 }
        return SharedName.Part.allCases.compactMap { part in
            parts[part].map { "\($0) \($0 == 1 ? part.noun : part.nouns)" }
        }
    }
}

extension Array {
    /// The elements in order, in runs that one transfer takes at a time.
    func batches(of size: (Element) -> Int) -> [ArraySlice<Element>] {
        var batches: [ArraySlice<Element>] = []
        var (start, bytes) = (0, 0)
        for (index, element) in enumerated() {
            let isFull = index - start >= 384 || bytes + size(element) > 64 << 20
            if isFull && index > start {
                batches.append(self[start..<index])
                (start, bytes) = (index, 0)
            }
            bytes += size(element)
        }
        return start < count ? batches + [self[start...]] : batches
    }
}
