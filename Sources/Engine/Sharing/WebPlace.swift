import Foundation

/// A shared store that a static server hands out, got with `curl`. It can be pulled from only.
struct WebPlace: SharedPlace {
    let address: String
    private let curl: String
    /// For how many seconds nothing may come, and a connection may take.
    private static let timeout = 60

    init(_ address: String) throws(EngineError) {
        guard let program = SearchPath.find("curl") else {
            throw EngineError(.find, file: "curl", cause: "it is not on the PATH; install the package curl")
        }
        (self.address, curl) = (address, program)
    }

    private func readOnly() -> EngineError {
        EngineError(
            .write, file: address,
            cause: "over https a store can be pulled from only; push to its folder, or over ssh")
    }

    func prepare() throws(EngineError) { throw readOnly() }
    func put(_ files: [SharedFile], from folder: RootedPath) throws(EngineError) { throw readOnly() }
    func put(index: [String]) throws(EngineError) { throw readOnly() }

    func names(in folder: SharedFile.Folder) throws(EngineError) -> (digests: [String], others: Int) {
        guard folder == .manifests else { throw readOnly() }
        return SharedIndex.sorted(try index())
    }

    func index() throws(EngineError) -> [String] {
        let result = Result { () throws(EngineError) in
            try withFetchFolder { (folder) throws(EngineError) -> [UInt8] in
                let transfer = BoundedTransfer(program: curl, folder: folder, most: SharedIndex.mostBytes)
                let (isSuccess, output) = try transfer.run(
                    options(most: SharedIndex.mostBytes)
                        + ["--output", (folder / SharedIndex.name).path, "--", "\(address)/\(SharedIndex.name)"])
                guard isSuccess else { throw EngineError(.read, file: address, cause: WebPlace.gist(output)) }
                return (try? (folder / SharedIndex.name).read()) ?? []
            }
        }
        return SharedIndex.manifests(in: try result.get())
    }

    func get(_ files: [SharedFile: Int], into folder: RootedPath) throws(EngineError) {
        guard !files.isEmpty else { return }
        let names = files.keys.sorted { $0.path < $1.path }
        let lines = names.map { file in
            "url = \"\(address)/\(file.path)\"\noutput = \(WebPlace.quoted((folder / file.digest).path))\n"
        }
        let result = Result { () throws(EngineError) in
            try withFetchFolder { (own) throws(EngineError) -> Void in
                let list = own / "list"
                try list.write(Array(lines.joined().utf8))
                let transfer = BoundedTransfer(program: curl, folder: folder, most: files.values.reduce(0, +))
                let (isSuccess, output) = try transfer.run(
                    options(most: files.values.max() ?? 0) + [
                        "--parallel", "--parallel-max", "8", "--config", list.path,
                    ])
                // One that is missing or too large is told by whoever wants it; that none could be asked for, here.
                let why = WebPlace.gist(output)
                guard isSuccess || !folder.entries.isEmpty || WebPlace.isOfOneFile(why) else {
                    throw EngineError(.read, file: address, cause: why)
                }
            }
        }
        try result.get()
    }

    private func options(most: Int) -> [String] {
        let protocols = address.hasPrefix("https:") ? "=https" : "=http,https"
        return [
            "--disable", "--silent", "--show-error", "--fail", "--location", "--max-redirs", "5", "--proto", protocols,
            "--proto-redir", protocols, "--connect-timeout", "\(WebPlace.timeout)", "--speed-limit", "1",
            "--speed-time",
            "\(WebPlace.timeout)", "--max-filesize", "\(max(1, most))",
        ]
    }

    private static func quoted(_ path: String) -> String {
        "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// What curl says last; where it gets several files at once, there are lines of progress, too.
    private static func gist(_ output: String) -> String {
        let words = output.split { $0.isNewline }.last { $0.hasPrefix("curl: ") }
        return words.map { String($0.dropFirst(6)) } ?? silence
    }

    /// Whether curl ended with a status of the server for a file, or with one that is larger than it may be.
    /// Of several at once it says nothing of the latter.
    private static func isOfOneFile(_ words: String) -> Bool {
        words.hasPrefix("(22)") || words.hasPrefix("(63)") || words == silence
    }

    private static let silence = "curl gave nothing"
}

/// Does `body` with a new folder that only this user can look into, and removes it.
func withFetchFolder<Value>(
    in parent: RootedPath? = nil, _ body: (RootedPath) throws(EngineError) -> Value
) throws(EngineError) -> Value {
    let above =
        parent ?? RootedPath(root: FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path)
    try above.createFolder()
    let folder = try Ephemera.shared.makeScratchFolder(in: above, isPrivate: true)
    defer { Ephemera.shared.removeScratchFolder(folder) }
    return try body(folder)
}
