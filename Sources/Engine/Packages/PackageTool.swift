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

    /// - Parameter variables: besides those that every program is given.
    /// - Returns: how it ended, and what it printed.
    func run(
        _ program: String, _ arguments: [String], _ network: Network, _ variables: [String: String] = [:]
    ) throws(EngineError) -> (isSuccess: Bool, output: String) {
        for part in ["home", "tmp"] { try (folder / part).createFolder() }
        let mirrors = mirrors
        let settings = mirrors.map { "[url \"\($0.place)\"]\n\tinsteadOf = \($0.address)\n" }.joined()
        try (folder / PackageTool.settings).write(Array(settings.utf8))
        let cage = try Cage(
            files: grants(network, mirrors), memory: PackageTool.memory, file: PackageTool.file,
            seconds: PackageTool.time, caller: network == .open ? KDBOOK_BUILD_ON_NETWORK : KDBOOK_BUILD,
            landlock: KernelConditions.asked.landlock)
        let environment = [
            "HOME": folder.path + "/home", "TMPDIR": folder.path + "/tmp", "LANG": "C.UTF-8",
            "PATH": installation.compilers + ":/usr/local/bin:/usr/bin:/bin", "GIT_TERMINAL_PROMPT": "0",
            "GIT_CONFIG_NOSYSTEM": "1",
        ]
        let result = try Engine.run(
            program, arguments, environment: environment.merging(variables) { $1 }, timeout: PackageTool.time,
            cage: cage, interruption: nil)
        return (result.end == .exited(status: 0), result.output)
    }

    /// Runs a command of the package manager on the folder.
    ///
    /// - Parameter compiler: what compiles the packages in place of the toolchain's compiler.
    func manage(
        _ command: [String], _ network: Network, compiler: String? = nil
    ) throws(EngineError) -> (isSuccess: Bool, output: String) {
        let places = ["cache", "config", "security"].flatMap { ["--\($0)-path", "\(folder.path)/\($0)"] }
        return try run(
            "\(installation.compilers)/swift-\(command[0])",
            ["--package-path", folder.path, "--scratch-path", "\(folder.path)/build", "--disable-sandbox"] + places
                + command.dropFirst(), network, compiler.map { ["SWIFT_EXEC": $0] } ?? [:])
    }

    /// Git's settings within the folder: of the user's own, which may hold secrets, the mirrors alone.
    private static let settings = "home/.gitconfig"

    private func grants(_ network: Network, _ mirrors: [Mirror]) -> [Reach.Grant] {
        let programs = ["/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", installation.toolchain]
        var grants = programs.map { Reach.Grant($0, .execute) } + [.init("/dev/null", .device)]
        grants += [
            "/etc/ld.so.cache", "/etc/passwd", "/etc/localtime", "/proc", "/sys/devices/system/cpu", "/dev/random",
            "/dev/urandom",
        ].map { .init($0, .read) }
        grants += [.init(folder.path, .write), .init(folder.path, .execute)]
        guard network == .open else { return grants }
        return grants + Sandbox.forNetwork + mirrors.compactMap(\.folder).map { .init($0, .read) }
    }

    /// What the user has git take in place of an address.
    private struct Mirror {
        let place, address: String

        /// The folder of this machine that it is, where it is one.
        var folder: String? {
            let path = place.hasPrefix("file://") ? String(place.dropFirst(7)) : place
            return path.hasPrefix("/") ? path : nil
        }
    }

    /// The mirrors of the user's and of the machine's settings, without those that name a user or a password. A repository's own
    /// settings, which may have come with a book, are left out.
    private var mirrors: [Mirror] {
        guard let git = SearchPath.find("git") else { return [] }
        var environment = ["HOME": NSHomeDirectory()]
        environment["GIT_CONFIG_GLOBAL"] = ProcessInfo.processInfo.environment["GIT_CONFIG_GLOBAL"]
        return ["--system", "--global"].flatMap { (scope: String) -> [Mirror] in
            let found = try? Engine.run(
                git, ["config", scope, "--get-regexp", #"^url\..*\.insteadof$"#], environment: environment)
            return (found?.output ?? "").split(separator: "\n").compactMap { line in
                guard let match = String(line).wholeMatch(of: #/url\.([^"\\@]+)\.insteadof ([^"\\\s]+)/#) else {
                    return nil
                }
                return Mirror(place: String(match.1), address: String(match.2))
            }
        }
    }
}

extension PackageTool {
    /// Why packages could not be resolved or built, at the entry of `book.yml` that the package manager speaks of.
    func failure(_ phase: EngineError.Phase, _ output: String) -> EngineError {
        let lines = output.split(separator: "\n").map {
            $0.replacing(folder.path + "/", with: "").trimmingCharacters(in: .whitespaces)
        }
        let errors = lines.filter { $0.contains("error: ") || $0.contains("fatal: ") }
        let said = errors.isEmpty ? Array(lines.suffix(5)) : errors
        let text = said.joined(separator: "\n")
        // The compiler repeats a message below the line that it shows, and what failed in git's cache nobody asked for.
        let told = said.filter { line in
            !["`- error: ", "warning: ", "cache/repositories/"].contains { line.contains($0) }
        }
        var known: Set<String> = []
        let cause = told.filter { known.insert($0).inserted }.prefix(8).joined(separator: "\n")
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
            return package.error(phase, cause.isEmpty ? cure : "\(cure)\n\(cause)")
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
