/// The most that a folder which somebody else made may have.
public struct FolderLimits: Hashable, Sendable {
    /// How many files it may have.
    public var files: Int
    /// The bytes of one file.
    public var file: Int
    /// The bytes of all files.
    public var total: Int
    var depth = 64

    /// Limits that the caller states; folders may lie 64 deep.
    public init(files: Int, file: Int, total: Int) {
        self.files = files
        self.file = file
        self.total = total
    }
}

extension RootedPath {
    /// The ways to all files in the folder and its folders, sorted; those whose names begin with a dot are left out.
    ///
    /// - Throws: that there is a link, or something else that is no file, or more than the limits allow.
    public func files(within limits: FolderLimits) throws(EngineError) -> [String] {
        var walk = Walk(limits: limits, found: [], total: 0)
        try walk.add(self, way: "", depth: 0)
        return walk.found.sorted()
    }

    private struct Walk {
        let limits: FolderLimits
        var found: [String]
        var total: Int

        mutating func add(_ folder: RootedPath, way: String, depth: Int) throws(EngineError) {
            guard depth <= limits.depth else {
                throw EngineError(.read, file: folder.path, cause: "its folders lie more than \(limits.depth) deep")
            }
            for (name, kind) in folder.contents where !name.hasPrefix(".") {
                let place = folder / name
                switch kind {
                case .folder: try add(place, way: way + name + "/", depth: depth + 1)
                case .file: try add(file: place, way: way + name)
                case .link, .other:
                    throw EngineError(.read, file: place.path, cause: "it is a link, or something else that is no file")
                }
            }
        }

        private mutating func add(file: RootedPath, way: String) throws(EngineError) {
            let size = file.status?.size ?? 0
            total += size
            found.append(way)
            guard size <= limits.file, total <= limits.total, found.count <= limits.files else {
                throw EngineError(
                    .read, file: file.path,
                    cause:
                        "a bundle has at most \(limits.files) files, \(limits.file.asBytes) each, \(limits.total.asBytes) in all"
                )
            }
        }
    }
}

extension RootedPath {
    /// The bytes of a file; `nil` where there is none.
    public var size: Int? {
        guard let status, status.kind == .file else { return nil }
        return status.size
    }
}
