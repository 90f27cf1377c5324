import CConfinement
import Digest
import Foundation
import Notebook
import Wire

/// Runs Swift's package manager for a book, confined: it and all that it starts, manifests, plugins and macros included, write
/// in one folder only and read the toolchain, the system and that folder. Only where packages are got it reaches the network.
struct PackageTool {
    let installation: Installation
    let folder: RootedPath
    let packages: [BookPackage]

    /// The processor time that a process of it may take, in seconds.
    private static let time: Double = 3600
    private static let memory = 16_000_000_000
    private static let file = 4_000_000_000

    enum Network { case closed, open }

    /// - Returns: how it ended, and what it printed.
    func run(
        _ program: String, _ arguments: [String], _ network: Network
    ) throws(EngineError) -> (isSuccess: Bool, output: String) {
        for part in ["home", "tmp"] { try (folder / part).createFolder() }
        let settings = PackageTool.settings
        let cage = try Cage(
            files: grants(network, settings: settings), memory: PackageTool.memory, file: PackageTool.file,
            seconds: PackageTool.time, caller: network == .open ? KDBOOK_BUILD_ON_NETWORK : KDBOOK_BUILD,
            landlock: KernelConditions.asked.landlock)
        var environment = [
            "HOME": folder.path + "/home", "TMPDIR": folder.path + "/tmp", "LANG": "C.UTF-8",
            "PATH": installation.compilers + ":/usr/local/bin:/usr/bin:/bin", "GIT_TERMINAL_PROMPT": "0",
        ]
        environment["GIT_CONFIG_GLOBAL"] = settings
        // What the user has git leave out may be listed in a file that is not granted.
        environment.merge([
            "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.excludesFile", "GIT_CONFIG_VALUE_0": "/dev/null",
        ]) { $1 }
        let result = try Engine.run(
            program, arguments, environment: environment, timeout: PackageTool.time, cage: cage, interruption: nil)
        return (result.end == .exited(status: 0), result.output)
    }

    /// Runs a command of the package manager on the folder.
    func manage(_ command: [String], _ network: Network) throws(EngineError) -> (isSuccess: Bool, output: String) {
        let places = ["cache", "config", "security"].flatMap { ["--\($0)-path", "\(folder.path)/\($0)"] }
        return try run(
            "\(installation.compilers)/swift-\(command[0])",
            ["--package-path", folder.path, "--scratch-path", "\(folder.path)/build", "--disable-sandbox"] + places
                + command.dropFirst(), network)
    }

    /// The user's settings of git, which may name mirrors.
    private static var settings: String {
        let environment = ProcessInfo.processInfo.environment
        return environment["GIT_CONFIG_GLOBAL"] ?? NSHomeDirectory() + "/.gitconfig"
    }

    private func grants(_ network: Network, settings: String) -> [Reach.Grant] {
        let programs = ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", installation.toolchain]
        var grants = programs.map { Reach.Grant($0, .execute) } + [.init("/dev/null", .device)]
        grants += [
            "/etc/ld.so.cache", "/etc/passwd", "/etc/localtime", "/proc", "/sys/devices/system/cpu", "/dev/random",
            "/dev/urandom", "/etc/gitconfig", settings,
        ].map { .init($0, .read) }
        grants += [.init(folder.path, .write), .init(folder.path, .execute)]
        guard network == .open else { return grants }
        return grants + Sandbox.forNetwork + mirrors(settings).map { .init($0, .read) }
    }

    /// Folders of this machine that its user has git take in place of addresses.
    private func mirrors(_ settings: String) -> [String] {
        guard let git = SearchPath.find("git") else { return [] }
        let found = try? Engine.run(
            git, ["config", "--get-regexp", #"^url\..*\.insteadof$"#],
            environment: ["GIT_CONFIG_GLOBAL": settings, "HOME": NSHomeDirectory()])
        return (found?.output ?? "").split(separator: "\n").compactMap { line in
            line.firstMatch(of: #/^url\.(?:file://)?(/.*?)/?\.insteadof /#).map { String($0.1) }
        }
    }
}

extension PackageTool {
    /// Why packages could not be resolved or built, at the entry of `book.yml` that the package manager speaks of.
    func failure(_ phase: EngineError.Phase, _ output: String) -> EngineError {
        let lines = output.split(separator: "\n").map { $0.replacing(folder.path + "/", with: "") }
        let errors = lines.filter { $0.contains("error: ") || $0.contains("fatal: ") }
        let said = errors.isEmpty ? Array(lines.suffix(5)) : errors
        let text = said.joined(separator: "\n")
        let cause = Array(NSOrderedSet(array: said).array.prefix(8)).map { "\($0)" }.joined(separator: "\n")
        guard let package = packages.first(where: { $0.isNamed(in: text) }) ?? packages.first else {
            return EngineError(phase, file: BookPackage.file, cause: cause)
        }
        let isMissing = { (product: String) in text.contains("product '\(product)'") && text.contains("not found") }
        if let product = package.products.first(where: isMissing) {
            return package.error(phase, "the package has no product `\(product)`; its Package.swift names those it has")
        }
        if text.contains("no versions of") || text.contains("no available versions") {
            let cure = "name one that its repository has a tag for"
            return package.error(phase, "there is no such version: \(cause)\n\(cure)")
        }
        if text.contains("fatal: ") || text.contains("Failed to clone") {
            let cure = "there is no such package, or it cannot be reached; correct its address"
            return package.error(phase, "\(cure)\n\(cause)")
        }
        return package.error(phase, cause)
    }
}

extension BookPackage {
    fileprivate func isNamed(in text: String) -> Bool {
        if case .repository(let url, _) = source, text.contains(url) { return true }
        let names = ["'\(identity)'", "/\(identity)/", "/\(identity)'"] + products.map { "product '\($0)'" }
        return names.contains { text.lowercased().contains($0.lowercased()) }
    }
}
