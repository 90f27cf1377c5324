import Digest

/// Takes into a store what others signed, once it is known to be that.
public struct StorePull: Sendable {
    let store: Store
    let place: any SharedPlace
    let allowed: String
    let system: StoreManifest.System
    private let keygen: SSHKeygen

    /// What came of it.
    public struct Report: Sendable {
        /// How many entries of each kind were taken, in words.
        public fileprivate(set) var taken: [String] = []
        /// How many entries were in the store already.
        public fileprivate(set) var known = 0
        /// Who signed what was read.
        public fileprivate(set) var signers: [String] = []
        /// What was refused, and why.
        public fileprivate(set) var refused: [String] = []
        /// What is none of the allowed signers', or of no use to this machine, and why.
        public fileprivate(set) var leftOut: [String] = []
    }

    /// - Parameter allowed: the path of a file of allowed signers, as `ssh-keygen(1)` has it.
    public init(
        _ store: Store, from address: SharedAddress, allowed: String, installation: Installation
    ) throws(EngineError) {
        self.store = store
        self.allowed = allowed
        system = StoreManifest.System(installation)
        place = try address.place()
        keygen = try SSHKeygen()
        _ = try Files.read(allowed)
    }

    /// Fetches the manifests, then each entry that the store lacks, and takes what proves to be whole.
    ///
    /// - Returns: what was taken, known, refused and left out; one bad entry stops no other.
    /// - Throws: where the place cannot be reached or the store cannot be written.
    public func run() throws(EngineError) -> Report {
        try withFetchFolder(in: store.workshop) { (folder) throws(EngineError) in
            let manifests = try ReceivedManifests(
                at: place, allowed: allowed, keygen: keygen, in: folder / "manifests")
            let offered = SignedEntries(manifests.signed, on: system)
            var report = Report()
            report.signers = Set(manifests.signed.map(\.signer)).sorted()
            report.refused = manifests.refused + offered.refused
            report.leftOut = manifests.leftOut + offered.unusable
            let wanted = wanted(of: offered, &report)
            var taken: [SharedEntry] = []
            for batch in wanted.batches(of: { $0.value.contents.values.reduce(0) { $0 + $1.size } }) {
                taken += try take(batch, in: folder / "objects", &report)
            }
            report.taken = SharedEntry.counts(of: taken)
            return report
        }
    }

    /// What is offered and not in the store, or damaged there.
    private func wanted(
        of offered: SignedEntries, _ report: inout Report
    ) -> [(key: SharedEntry, value: SignedEntries.Entry)] {
        let present = store.sharedEntries()
        var wanted: [(key: SharedEntry, value: SignedEntries.Entry)] = []
        for (entry, signed) in offered.entries.sorted(by: { $0.key.name < $1.key.name }) {
            guard let own = present[entry].flatMap(store.sharedContent) else {
                wanted.append((entry, signed))
                continue
            }
            report.known += entry.isOfCircumstances ? 0 : 1
            for (name, content) in own where name.isTheSameEverywhere {
                guard let other = signed.contents[name], !other.agrees(with: content) else { continue }
                report.refused.append(
                    "\(name.path): refused: \(signed.signer) signed \(other.sha256.prefix(12))…, and this store has "
                        + "\(content.sha256.prefix(12))…; `kdbook store challenge` tells which is right")
            }
        }
        return wanted
    }

    /// Gets entries and puts those into the store that are what was signed.
    private func take(
        _ entries: ArraySlice<(key: SharedEntry, value: SignedEntries.Entry)>, in folder: RootedPath,
        _ report: inout Report
    ) throws(EngineError) -> [SharedEntry] {
        try folder.createFolder()
        defer { folder.removeAll() }
        var files: [SharedFile: Int] = [:]
        for content in entries.flatMap(\.value.contents.values) {
            let file = SharedFile(.objects, content.sha256)
            // Where two sizes are stated for one content, one of them lies.
            files[file] = min(files[file] ?? .max, content.size)
        }
        try place.get(files, into: folder)
        var taken: [SharedEntry] = []
        for (entry, signed) in entries {
            switch received(signed.contents, in: folder) {
            case .failure(let refusal): report.refused.append("\(entry.name): refused: \(refusal.words)")
            case .success(let bytes):
                try store.take(bytes)
                taken.append(entry)
            }
        }
        return taken
    }

    /// The files of an entry, where each is what was signed.
    private func received(
        _ contents: [SharedName: StoreManifest.Content], in folder: RootedPath
    ) -> Result<[SharedName: [UInt8]], StoreManifest.Refusal> {
        var files: [SharedName: [UInt8]] = [:]
        for (name, content) in contents.sorted(by: { $0.key.path < $1.key.path }) {
            let object = folder / content.sha256
            let place = "\(place.address)/objects/\(content.sha256.prefix(12))…"
            guard let size = object.size else {
                return .failure(.init(words: "\(place) is not there, or larger than the \(content.size) bytes signed"))
            }
            guard size == content.size, let bytes = try? object.read() else {
                return .failure(.init(words: "\(place) has \(size) bytes, and \(content.size) were signed"))
            }
            let found = StoreManifest.Content(name, bytes)
            guard found.sha256 == content.sha256 else {
                return .failure(.init(words: "\(place) has the digest \(found.sha256.prefix(12))…"))
            }
            guard found == content else {
                return .failure(.init(words: "\(name.path) does not say what its signer states of it"))
            }
            files[name] = bytes
        }
        return Store.isWhole(files)
            ? .success(files) : .failure(.init(words: "what was signed is no entry of a store"))
    }
}
