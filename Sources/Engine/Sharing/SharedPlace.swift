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
