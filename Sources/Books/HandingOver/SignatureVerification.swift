import Console
package import Crates
import Digest
package import Engine
import Notebook
import Wire

/// Verifies what was signed of a bundle with OpenSSH: the bundle itself, and statements about it.
package struct SignatureVerification {
    /// The path of a file of allowed signers, as `ssh-keygen(1)` has it.
    let allowed: String
    private let keygen: SSHKeygen

    package init(allowed: String) throws(EngineError) {
        self.allowed = allowed
        keygen = try SSHKeygen()
    }

    /// What was found, and what is said of those signatures that are right.
    package struct Found {
        package fileprivate(set) var items: [VerifiedItem] = []
        package fileprivate(set) var words: [String] = []
    }

    /// - Parameters:
    ///   - path: where the bundle lies. Its signature lies beside it, as `ssh-keygen -Y sign` writes it; that of a folder is of
    ///     the metadata in it.
    ///   - attestations: the paths of statements, each with its signature beside it.
    ///   - folder: where nobody else can write.
    package func run(
        _ path: String, _ bundle: ReceivedBundle, attestations: [String], in folder: RootedPath
    ) throws -> Found {
        var found = Found()
        let place = RootedPath(root: path)
        let file = place.isFolder ? place / CrateMetadata.fileName : place
        if RootedPath(root: file.path + ".sig").exists {
            add(bundle: file, bundle, to: &found, in: folder)
        } else if attestations.isEmpty {
            found.items.append(
                VerifiedItem(.signature, displayed(path), .notVerified("there is no \(displayed(file.path)).sig")))
        }
        for attestation in attestations { add(attestation: attestation, bundle, to: &found, in: folder) }
        return found
    }

    private func add(bundle file: RootedPath, _ bundle: ReceivedBundle, to found: inout Found, in folder: RootedPath) {
        let name = displayed(file.path)
        do throws(Refusal) {
            let (signer, bytes) = try signed(file, in: folder)
            guard SHA256Digest(of: bytes) == bundle.subject?.digest else {
                throw Refusal(words: "it changed while it was verified")
            }
            found.items.append(VerifiedItem(.signature, name, .exact))
            found.words.append("\(name): signed by \(signer)")
        } catch {
            found.items.append(VerifiedItem(.signature, name, .different([error.words])))
        }
    }

    private func add(
        attestation path: String, _ bundle: ReceivedBundle, to found: inout Found, in folder: RootedPath
    ) {
        let name = displayed(path)
        do throws(Refusal) {
            let (signer, bytes) = try signed(RootedPath(root: path), in: folder)
            guard let statement = try? StableJSON.decode(Statement.self, from: bytes) else {
                throw Refusal(words: "it is no in-toto statement, version 1")
            }
            let words = try statement.words(of: bundle)
            found.items.append(VerifiedItem(.signature, name, .exact))
            found.words.append("\(name): signed by \(signer): \(words)")
        } catch {
            found.items.append(VerifiedItem(.signature, name, .different([error.words])))
        }
    }

    /// Who signed a file, with what is in it.
    private func signed(_ file: RootedPath, in folder: RootedPath) throws(Refusal) -> (signer: String, bytes: [UInt8]) {
        do throws(EngineError) {
            // A copy that nobody changes between the two readings.
            let (copy, signature) = (folder / "signed", folder / "signed.sig")
            for (from, to) in [(file, copy), (RootedPath(root: file.path + ".sig"), signature)] {
                guard let size = from.size, size <= ArchiveLimits().archive else {
                    throw EngineError(.read, file: from.path, cause: "there is no such file, or it is too large")
                }
                try to.write(try from.read())
            }
            guard let signer = try keygen.signer(of: copy, by: signature, among: allowed, for: .handedOver) else {
                throw EngineError(
                    .read, file: file.path, cause: "none of the allowed signers signed it as it is, for `kdbook`")
            }
            return (signer, try copy.read())
        } catch {
            throw Refusal(words: error.cause)
        }
    }

    fileprivate struct Refusal: Error {
        let words: String
    }
}

/// A statement about files, as far as it is read here.
private struct Statement: Decodable {
    private struct Subject: Decodable {
        let digest: [String: String]
    }

    private let _type: String
    private let predicateType: String
    private let subject: [Subject]
    private let predicate: [String: JSONValue]

    /// What it says of the bundle.
    func words(of bundle: ReceivedBundle) throws(SignatureVerification.Refusal) -> String {
        guard _type == "https://in-toto.io/Statement/v1" else {
            throw SignatureVerification.Refusal(words: "it is no in-toto statement, version 1")
        }
        switch predicateType {
        case TestResult.predicateType:
            guard let digest = bundle.subject?.digest, subject.contains(where: { $0.digest["sha256"] == "\(digest)" })
            else {
                let stated = subject.compactMap { $0.digest["sha256"].map { "\($0.prefix(12))…" } }
                throw SignatureVerification.Refusal(
                    words: "it is about SHA-256 \(stated.joined(separator: ", ")), and the bundle has "
                        + "\(bundle.subject?.digest.short ?? "none")…")
            }
            guard case .string(let result)? = predicate["result"] else {
                throw SignatureVerification.Refusal(words: "it states no result")
            }
            let counts = ["passed", "warned", "failed"].map { "\(count("\($0)Tests")) \($0)" }
            guard result != TestResult.Verdict.failed.rawValue else {
                throw SignatureVerification.Refusal(words: "its result is \(result): \(counts.joined(separator: ", "))")
            }
            return "\(result): \(counts.joined(separator: ", "))"
        case BuildProvenance.predicateType:
            let records = Set(subject.compactMap { $0.digest["sha256"] })
            let known = records.intersection(bundle.recordDigests.values).count
            guard known == records.count, known > 0 else {
                throw SignatureVerification.Refusal(
                    words:
                        "\(counted(records.count - known, "record")) of \(records.count) that it is about "
                        + "\(records.count - known == 1 ? "is" : "are") not in the bundle"
                )
            }
            return "\(counted(known, "record")) built again to the last bit"
        default:
            throw SignatureVerification.Refusal(words: "it is of a kind that kdbook does not know: \(predicateType)")
        }
    }

    private func count(_ member: String) -> Int {
        if case .array(let tests)? = predicate[member] { tests.count } else { 0 }
    }
}
