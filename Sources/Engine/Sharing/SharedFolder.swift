import Digest

/// A shared store in a folder of this machine, or one that is mounted. No link in it is followed.
struct SharedFolder: SharedPlace {
    let address: String
    private let folder: RootedPath

    init(_ path: String) {
        address = path
        folder = RootedPath(root: path)
    }

    /// Where files are made that are then put in their place.
    private var drafts: RootedPath { folder / "incoming" }

    func prepare() throws(EngineError) {
        for part in SharedFile.Folder.allCases.map(\.rawValue) + [drafts.name] { try (folder / part).createFolder() }
    }

    func names(in part: SharedFile.Folder) throws(EngineError) -> (digests: [String], others: Int) {
        guard folder.isFolder else { throw EngineError(.find, file: address, cause: "there is no such folder") }
        return SharedIndex.sorted((folder / part.rawValue).entries)
    }

    func get(_ files: [SharedFile: Int], into target: RootedPath) throws(EngineError) {
        for (file, most) in files {
            let source = folder / file.path
            // What is no file, or too large, is as if it were not there.
            guard let size = source.size, size <= most, let bytes = try? source.read(), bytes.count <= most else {
                continue
            }
            try (target / file.digest).write(bytes)
        }
    }

    func put(_ files: [SharedFile], from source: RootedPath) throws(EngineError) {
        for file in files where (folder / file.path).status == nil {
            try (folder / file.path).write(try (source / file.digest).read(), by: drafts)
        }
    }

    func index() throws(EngineError) -> [String] {
        let file = folder / SharedIndex.name
        guard let size = file.size, size <= SharedIndex.mostBytes else { return [] }
        return SharedIndex.manifests(in: try file.read())
    }

    func put(index: [String]) throws(EngineError) {
        try (folder / SharedIndex.name).write(SharedIndex.bytes(of: index), by: drafts)
    }
}
