import Foundation

/// A branch of the book's own repository whose content is a site, such as `gh-pages`. Neither the checked-out files nor the index
/// are touched, no hook is run, and nothing leaves this machine: pushing the branch is the author's.
public struct BranchPublication: Sendable {
    private let git: String
    private let book: Book
    private let branch: String

    /// - Throws: where there is no git, or the book lies in no repository.
    public init(of book: Book, branch: String) throws(EngineError) {
        guard let program = SearchPath.find("git") else {
            throw EngineError(.find, file: "git", cause: "it is not on the PATH; install the package git")
        }
        git = program
        self.book = book
        self.branch = branch
        guard ask(["rev-parse", "--git-dir"]) != nil else {
            throw EngineError(
                .find, file: book.root,
                cause: "the book lies in no repository: `git init` makes one, or give a folder in place of a branch")
        }
    }

    /// A file of the branch as it stands, by its path from the branch's top; `nil` where there is none.
    public func content(of path: String) -> [UInt8]? {
        ask(["cat-file", "blob", "refs/heads/\(branch):\(path)"]).map { Array($0.utf8) }
    }

    /// Makes the files of a folder the branch's content, in one more commit where they differ from it.
    ///
    /// - Returns: the commit; `nil` where nothing differs.
    public func publish(_ site: RootedPath, message: String) throws(EngineError) -> String? {
        let index = site.path + ".index"
        defer { unlink(index) }
        let environment = ["GIT_INDEX_FILE": index]
        _ = try must(["--work-tree=\(site.path)", "add", "--all", "--force", "."], environment)
        let tree = try must(["write-tree"], environment)
        let reference = "refs/heads/\(branch)"
        let parent = ask(["rev-parse", "--verify", "--quiet", reference])
        if let parent, ask(["rev-parse", "\(parent)^{tree}"]) == tree { return nil }
        let parents = parent.map { ["-p", $0] } ?? []
        let commit = try must(["commit-tree", tree] + parents + ["-m", message])
        // Whoever moved the branch meanwhile is not overwritten.
        _ = try must(["update-ref", reference, commit, parent ?? ""])
        return commit
    }

    private func must(_ arguments: [String], _ environment: [String: String] = [:]) throws(EngineError) -> String {
        let (end, output) = try call(arguments, environment)
        guard end == .exited(status: 0) else {
            let said = output.split(separator: "\n").last.map(String.init) ?? "git failed"
            throw EngineError(.write, file: "git \(arguments.first { !$0.hasPrefix("-") } ?? "")", cause: said)
        }
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// What git says; `nil` where it says no.
    private func ask(_ arguments: [String]) -> String? { try? must(arguments) }

    private func call(
        _ arguments: [String], _ environment: [String: String]
    ) throws(EngineError) -> (end: ProcessEnd, output: String) {
        var all = environment
        let own = ProcessInfo.processInfo.environment
        for name in [
            "HOME", "PATH", "GIT_CONFIG_GLOBAL", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME",
            "GIT_COMMITTER_EMAIL",
        ] {
            all[name] = own[name]
        }
        return try Engine.run(git, ["-C", book.root] + arguments, environment: all, timeout: 600)
    }
}
