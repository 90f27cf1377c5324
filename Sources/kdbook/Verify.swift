import Console
import Books
import ArgumentParser
import Crates
import Engine
import Foundation
import Notebook

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a book that somebody handed over.",
        discussion: helpText(
            """
            BUNDLE is a crate that `kdbook export --ro-crate` wrote, as a zip file or a folder, a book's folder, or a folder
            of records. kdbook copies it to a private folder. It compares the files with the digests in the metadata, pictures
            and inputs with the records; it derives the verdict of each claim again from the observations; and it runs the
            notebooks again in the sandbox, with no more permissions than cells have without `permissions`.

            The report calls each cell and claim exact, within the tolerance that the cell states, different, with both
            values, or not verified, with the reason. kdbook fetches nothing.

            `--allowed-signers` names a file as ssh-keygen(1) has it. The signature of BUNDLE lies beside it, as BUNDLE.sig; that of
            a folder is of its ro-crate-metadata.json. `--attestation` names a statement that `--attest` wrote elsewhere, with its
            signature beside it: it must be about this very bundle. `--attest` writes two statements, a test result and, beside it,
            SLSA provenance of the records that the run gave again to the last bit.

            Exit status: 0 all is exact or within tolerance, 1 something is different or kdbook refuses the bundle, 2 the
            request was wrong, 3 nothing is different and something could not be verified.

            Examples:
              kdbook verify book.zip
              kdbook verify book.zip --without-running
              kdbook verify book.zip --attest result.json && ssh-keygen -Y sign -n kdbook -f ~/.ssh/id_ed25519 result.json
              kdbook verify book.zip --allowed-signers allowed_signers --attestation result.json
            """))

    @Argument(help: ArgumentHelp("The bundle: a zip file or a folder.", valueName: "bundle"))
    var bundle: String

    @Flag(help: "Run nothing: verify digests, and derive the claims again from the recorded observations.")
    var withoutRunning = false

    @Flag(help: "Run cells with the permissions that the bundle's book.yml grants.")
    var grant = false

    @Option(
        help: ArgumentHelp(
            "Write what was found as in-toto statements, to be signed: FILE, and FILE.provenance.json for what was built.",
            valueName: "file"))
    var attest: String?

    @Option(help: ArgumentHelp("Tell who of these signed the bundle, and its attestations.", valueName: "file"))
    var allowedSigners: String?

    @Option(help: ArgumentHelp("A signed statement about the bundle; may stand several times.", valueName: "file"))
    var attestation: [String] = []

    func run() async throws {
        guard !(withoutRunning && grant) else {
            throw UsageError(
                description: "--grant with --without-running: nothing is run that could be permitted something")
        }
        guard attestation.isEmpty || allowedSigners != nil else {
            throw UsageError(description: "--attestation without --allowed-signers: who may have signed it?")
        }
        guard Files.exists(absolute(bundle)) else {
            throw UsageError(description: "\(bundle): there is no such file or folder")
        }
        let (verification, status) = try await withPrivateFolder { own in
            let folder = own / "bundle"
            try folder.createFolder()
            let received = try ReceivedBundle(absolute(bundle), into: folder)
            let installation = try Environment.installation(cache: received.book.store)
            let rerun =
                withoutRunning
                ? nil : RunVerification(bundle: received, installation: installation, grantsPermissions: grant)
            var verification = try await BundleVerification(bundle: received, rerun: rerun).run()
            try verification.add(signatures(of: received, in: own))
            if let attest { try write(verification, of: received, installation, to: attest) }
            return (verification, verification.status)
        }
        for item in verification.items { item.lines.forEach { Terminal.say($0) } }
        if withoutRunning { Terminal.say("cells: not verified: nothing was run") }
        Terminal.say("\(bundle): \(verification.summary)")
        if status != 0 { throw ExitCode(status) }
    }

    /// Tells who signed what, and gives what was found of the signatures.
    private func signatures(of received: ReceivedBundle, in folder: RootedPath) throws -> [VerifiedItem] {
        guard let allowedSigners else { return [] }
        let found = try SignatureVerification(allowed: absolute(allowedSigners)).run(
            absolute(bundle), received, attestations: attestation.map(absolute), in: folder / "signatures")
        found.words.forEach { Terminal.say($0) }
        return found.items
    }

    private func write(
        _ verification: Verification, of received: ReceivedBundle, _ installation: Installation, to file: String
    ) throws {
        guard let subject = received.subject else {
            throw EngineError(
                .write, file: file,
                cause: "a statement is about a crate, and \(bundle) has no \(CrateMetadata.fileName)")
        }
        var result = TestResult(
            verification.verdict, of: subject,
            with: [
                ("kdbook", installation.toolDigest, toolVersion), ("kdbook runtime", installation.runtimeDigest, nil),
                ("swift", nil, installation.compilerVersion),
                ("notebooks run again", nil, withoutRunning ? "no" : "yes"),
            ])
        for item in verification.items {
            switch item.outcome {
            case .exact: result.passed.append("\(item.kind.rawValue) \(item.name)")
            case .withinTolerance: result.passed += item.lines
            case .different: result.failed += item.lines
            case .notVerified: result.warned += item.lines
            }
        }
        try RootedPath(root: absolute(file)).write(json: result.statement)
        let provenance = provenanceFile(beside: file)
        guard !verification.rebuilt.isEmpty else {
            RootedPath(root: absolute(provenance)).removeFile()
            return Terminal.say("\(provenance): not written: no record was built again to the last bit")
        }
        let built = BuildProvenance(
            of: verification.rebuilt, from: subject,
            with: [
                ("kdbook runtime", installation.runtimeDigest, nil), ("swift", nil, installation.compilerVersion),
            ], by: (toolVersion, installation.toolDigest), grantsPermissions: grant)
        try RootedPath(root: absolute(provenance)).write(json: built.statement)
    }

    /// `result.provenance.json` beside `result.json`.
    private func provenanceFile(beside file: String) -> String {
        (file.hasSuffix(".json") ? String(file.dropLast(5)) : file) + ".provenance.json"
    }

    private func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }
}

extension Verification {
    fileprivate var verdict: TestResult.Verdict { differs ? .failed : isIncomplete ? .warned : .passed }

    fileprivate var status: Int32 {
        switch verdict {
        case .passed: 0
        case .failed: ExitStatus.notebookFailed
        case .warned: ExitStatus.incomplete
        }
    }
}
