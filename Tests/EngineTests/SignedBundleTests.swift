import Foundation
import Notebook
import Testing
import Wire

extension EndToEnd {
    @Suite(.serialized) struct SignedBundleTests {
        /// A folder with a crate, keys, and a file of allowed signers.
        private let folder: TemporaryBook

        init() throws {
            folder = try TemporaryBook(["n": cell("1.25")])
            try folder.write(
                "cff-version: 1.2.0\nmessage: Cite it.\ntitle: B\nlicense: CC0-1.0\nauthors:\n  - {given-names: Ada, family-names: Lovelace}\n",
                to: "CITATION.cff")
            let packed = try folder.run("export", "--ro-crate", "book.zip", "--date", "2026-11-28")
            try #require(packed.status == 0, "\(packed)")
            for name in ["ada", "eve"] { try keygen("-q", "-t", "ed25519", "-N", "", "-f", name) }
            try folder.write("ada@example.org \(try folder.read("ada.pub"))", to: "allowed")
        }

        private func keygen(_ arguments: String...) throws {
            let outcome = try Outcome.running("/usr/bin/ssh-keygen", arguments, in: folder.root)
            try #require(outcome.status == 0, "\(outcome)")
        }

        private func sign(_ file: String, as name: String = "ada", for namespace: String = "kdbook") throws {
            if folder.exists("\(file).sig") { try folder.remove("\(file).sig") }
            try keygen("-Y", "sign", "-n", namespace, "-f", name, file)
        }

        private func verify(_ options: String...) throws -> Outcome {
            let arguments = ["verify", "book.zip", "--without-running", "--allowed-signers", "allowed"] + options
            return try Outcome.running(Installed.prefix + "/bin/kdbook", arguments, in: folder.root)
        }

        @Test func whoSignedABundleIsTold() throws {
            let unsigned = try verify()
            #expect(
                unsigned.status == 3 && unsigned.output.contains("not verified: there is no book.zip.sig"),
                "\(unsigned)")
            try sign("book.zip")
            let signed = try verify()
            #expect(signed.status == 0 && signed.output.contains("book.zip: signed by ada@example.org\n"), "\(signed)")
            #expect(signed.output.contains("1 signature, "), "\(signed)")
        }

        @Test(arguments: [("eve", "kdbook"), ("ada", "kdbook-store")])
        func aSignatureOfAnotherKeyOrForAnotherPurposeIsNone(name: String, namespace: String) throws {
            try sign("book.zip", as: name, for: namespace)
            let outcome = try verify()
            #expect(
                outcome.status == 1 && outcome.output.contains("none of the allowed signers signed it"), "\(outcome)")
        }

        @Test func aSignedResultIsHeldAgainstTheBundle() throws {
            #expect(try folder.run("verify", "book.zip", "--attest", "result.json").status == 0)
            for file in ["result.json", "result.provenance.json"] { try sign(file) }
            let fine = try verify("--attestation", "result.json", "--attestation", "result.provenance.json")
            #expect(fine.status == 0, "\(fine)")
            #expect(fine.output.contains("result.json: signed by ada@example.org: PASSED: "), "\(fine)")
            #expect(fine.output.contains("signed by ada@example.org: 1 record built again to the last bit"), "\(fine)")
            // Signed, and about something else.
            let text = try folder.read("result.json")
            let subject = try #require(text.firstRange(of: "\"subject\""))
            let digest = try #require(text[subject.upperBound...].firstMatch(of: /"sha256" : "([0-9a-f]{64})"/)).1
            try folder.write(text.replacing(digest, with: String(repeating: "0", count: 64)), to: "result.json")
            try sign("result.json")
            let other = try verify("--attestation", "result.json")
            #expect(other.status == 1 && other.output.contains("it is about SHA-256 000000000000…"), "\(other)")
            // About the bundle, and changed behind the signature.
            try folder.write(text.replacing("PASSED", with: "WARNED"), to: "result.json")
            #expect(try verify("--attestation", "result.json").status == 1)
        }

        @Test func provenanceIsOfWhatWasBuilt() throws {
            let unrun = try folder.run("verify", "book.zip", "--without-running", "--attest", "result.json")
            #expect(unrun.output.contains("result.provenance.json: not written"), "\(unrun)")
            #expect(!folder.exists("result.provenance.json"))
            #expect(try folder.run("verify", "book.zip", "--attest", "result.json").status == 0)
            let statement = try StableJSON.decode(
                JSONValue.self, from: Array(try folder.read("result.provenance.json").utf8))
            guard case .object(let members) = statement, case .object(let predicate)? = members["predicate"],
                case .object(let definition)? = predicate["buildDefinition"],
                case .object(let details)? = predicate["runDetails"], case .object(let builder)? = details["builder"]
            else {
                Issue.record("\(statement)")
                return
            }
            #expect(members["predicateType"] == .string("https://slsa.dev/provenance/v1"))
            #expect(definition.keys.sorted() == ["buildType", "externalParameters", "resolvedDependencies"])
            #expect(builder["id"] != nil)
            let first = try folder.read("result.provenance.json")
            #expect(first.contains("\"name\" : \"Output/default/n/record.json\""), "\(first)")
            #expect(try folder.run("verify", "book.zip", "--attest", "result.json").status == 0)
            #expect(try folder.read("result.provenance.json") == first)
        }
    }
}
