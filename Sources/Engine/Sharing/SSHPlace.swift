import Foundation

/// A shared store on another machine, reached with `sftp`, so that the account there needs neither a shell nor kdbook.
struct SSHPlace: SharedPlace {
    let address: String
    private let host: String
    private let port: Int?
    private let path: String
    private let sftp: String
    private static let drafts = "incoming"

    init(host: String, port: Int?, path: String) throws(EngineError) {
        guard let program = SearchPath.find("sftp") else {
            throw EngineError(.find, file: "sftp", cause: "it is not on the PATH; install the package openssh-client")
        }
        sftp = program
        (self.host, self.port, self.path) = (host, port, path)
        address = "\(host):\(path)"
    }

    func prepare() throws(EngineError) {
        let parts = SharedFile.Folder.allCases.map(\.rawValue) + [SSHPlace.drafts]
        // Those that are there already are no failure.
        try session(["-mkdir \"\(path)\"", "cd \"\(path)\""] + parts.map { "-mkdir \($0)" })
    }

    func names(in folder: SharedFile.Folder) throws(EngineError) -> (digests: [String], others: Int) {
        let output = try session(["cd \"\(path)\"", "ls -1 \(folder.rawValue)"])
        // The commands are among the lines.
        let names = output.split(separator: "\n").filter { !$0.hasPrefix("sftp>") }
            .map { String($0.split(separator: "/").last ?? "").trimmingCharacters(in: .whitespaces) }
        return SharedIndex.sorted(names.filter { !$0.isEmpty })
    }

    func get(_ files: [SharedFile: Int], into folder: RootedPath) throws(EngineError) {
        guard !files.isEmpty else { return }
        let commands = files.keys.sorted { $0.path < $1.path }.map { "-get \($0.path) \($0.digest)" }
        try session(
            ["cd \"\(path)\"", "lcd \(SSHPlace.quoted(folder.path))"] + commands, into: folder,
            most: files.values.reduce(0, +))
    }

    func put(_ files: [SharedFile], from folder: RootedPath) throws(EngineError) {
        guard !files.isEmpty else { return }
        let commands = files.flatMap { file in
            let draft = "\(SSHPlace.drafts)/\(UUID().uuidString)"
            // A server that does not rename over a file has the same content there.
            return ["put \(file.digest) \(draft)", "-rename \(draft) \(file.path)"]
        }
        try session(["cd \"\(path)\"", "lcd \(SSHPlace.quoted(folder.path))"] + commands)
        for part in Set(files.map(\.folder)) {
            let present = Set(try names(in: part).digests)
            guard let lost = files.first(where: { $0.folder == part && !present.contains($0.digest) }) else { continue }
            throw EngineError(.write, file: "\(address)/\(lost.path)", cause: "it did not get there")
        }
    }

    func index() throws(EngineError) -> [String] {
        try withFetchFolder { (folder) throws(EngineError) in
            try session(
                [
                    "cd \"\(path)\"", "lcd \(SSHPlace.quoted(folder.path))",
                    "-get \(SharedIndex.name) \(SharedIndex.name)",
                ],
                into: folder, most: SharedIndex.mostBytes)
            return SharedIndex.manifests(in: (try? (folder / SharedIndex.name).read()) ?? [])
        }
    }

    func put(index: [String]) throws(EngineError) {
        try withFetchFolder { (folder) throws(EngineError) in
            try (folder / SharedIndex.name).write(SharedIndex.bytes(of: index))
            let draft = "\(SSHPlace.drafts)/\(UUID().uuidString)"
            try session([
                "cd \"\(path)\"", "lcd \(SSHPlace.quoted(folder.path))", "put \(SharedIndex.name) \(draft)",
                "rename \(draft) \(SharedIndex.name)",
            ])
        }
    }

    /// Has sftp carry out commands, and stop at the first that fails and has no `-` before it.
    ///
    /// - Parameters:
    ///   - folder: where files come to.
    ///   - most: the most bytes that they may have.
    @discardableResult
    private func session(
        _ commands: [String], into folder: RootedPath? = nil, most: Int = 0
    ) throws(EngineError) -> String {
        try withFetchFolder { (own) throws(EngineError) in
            let batch = own / "batch"
            try batch.write(Array((commands.joined(separator: "\n") + "\n").utf8))
            let keepAlive = ["ConnectTimeout=30", "ServerAliveInterval=15", "ServerAliveCountMax=4"]
            let arguments =
                ["-q", "-b", batch.path] + keepAlive.flatMap { ["-o", $0] } + (port.map { ["-P", "\($0)"] } ?? [])
                + ["--", host]
            // Where nothing comes, there is nothing to watch but the batch.
            let transfer = BoundedTransfer(program: sftp, folder: folder ?? own, most: folder == nil ? 1 << 30 : most)
            let (isSuccess, output) = try transfer.run(arguments)
            guard isSuccess else {
                let words = output.split(separator: "\n").last { !$0.hasPrefix("sftp>") }
                throw EngineError(.find, file: address, cause: words.map(String.init) ?? "sftp ended without a word")
            }
            return output
        }
    }

    private static func quoted(_ path: String) -> String {
        "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
