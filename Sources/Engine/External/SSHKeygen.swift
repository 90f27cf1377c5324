import Foundation

/// Signatures of OpenSSH, made and checked by `ssh-keygen -Y`: there is no cryptography of our own.
public struct SSHKeygen: Sendable {
    private let program: String

    /// What a signature is about, so that one that was made for one purpose serves no other.
    public enum Namespace: String, Sendable {
        /// A crate, or a statement of what a verification found.
        case handedOver = "kdbook"
        /// A manifest of a shared store.
        case store = "kdbook-store"
    }

    /// How long it may take, in seconds: a key on a token waits for a touch.
    private static let timeout = 120.0

    /// Finds `ssh-keygen` on the search path.
    ///
    /// - Throws: where there is none, with the package that has it.
    public init() throws(EngineError) {
        guard let program = SearchPath.find("ssh-keygen") else {
            throw EngineError(
                .find, file: "ssh-keygen", cause: "it is not on the PATH; install the package openssh-client")
        }
        self.program = program
    }

    /// Signs `file`; the signature is written beside it, with `.sig` behind its name.
    ///
    /// - Parameter key: the path of a private key, or of the public part of one that an agent holds.
    func sign(_ file: RootedPath, with key: String, for namespace: Namespace) throws(EngineError) {
        guard Files.exists(key) else { throw EngineError(.find, file: key, cause: "there is no such key") }
        let (end, output) = try call(["-Y", "sign", "-f", key, "-n", namespace.rawValue, file.path])
        guard end == .exited(status: 0) else {
            throw EngineError(
                .read, file: key,
                cause:
                    "ssh-keygen does not sign with it: \(SSHKeygen.gist(output)). A key with a passphrase goes into an "
                    + "agent: `ssh-add \(key)`")
        }
    }

    /// The public part of a key, as a line of OpenSSH's.
    func publicKey(of key: String) throws(EngineError) -> String {
        for path in [key, key + ".pub"] {
            guard let text = try? Files.readText(path), !text.hasPrefix("-----") else { continue }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        let (end, output) = try call(["-y", "-f", key])
        guard end == .exited(status: 0) else {
            throw EngineError(.read, file: key, cause: "it is no key of OpenSSH: \(SSHKeygen.gist(output))")
        }
        return output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Who signed `file`.
    ///
    /// - Parameters:
    ///   - signature: a file with an armored signature of OpenSSH.
    ///   - allowed: the path of a file of allowed signers, as `ssh-keygen(1)` has it.
    /// - Returns: the name that the file of allowed signers has for the key; `nil` where no key in it made the signature, or
    ///   made it of something else or for another purpose.
    public func signer(
        of file: RootedPath, by signature: RootedPath, among allowed: String, for namespace: Namespace
    ) throws(EngineError) -> String? {
        _ = try Files.read(allowed)
        let (end, found) = try call(["-Y", "find-principals", "-s", signature.path, "-f", allowed])
        guard end == .exited(status: 0) else { return nil }
        // Each line has the names of one line of the file.
        for line in found.split(separator: "\n") {
            guard let name = line.split(separator: ",").first.map(String.init) else { continue }
            let verify = [
                "-Y", "verify", "-n", namespace.rawValue, "-I", name, "-s", signature.path, "-f", allowed,
            ]
            if try call(verify, input: file).end == .exited(status: 0) { return name }
        }
        return nil
    }

    private func call(
        _ arguments: [String], input: RootedPath? = nil
    ) throws(EngineError) -> (end: ProcessEnd, output: String) {
        var environment = ProcessInfo.processInfo.environment
        environment["LC_ALL"] = "C"
        // In a process group of its own it cannot ask at the terminal.
        if environment["SSH_ASKPASS"] == nil { environment["SSH_ASKPASS"] = "/bin/false" }
        environment["SSH_ASKPASS_REQUIRE"] = "force"
        return try run(
            program, arguments, environment: environment, timeout: SSHKeygen.timeout, input: input)
    }

    private static func gist(_ output: String) -> String {
        output.split(separator: "\n").last.map(String.init) ?? "it says nothing"
    }
}
