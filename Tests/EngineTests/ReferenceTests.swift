import Engine
import Foundation
import TestSupport
import Testing

extension EndToEnd {
    /// What `kdbook api` says of the runtime, outside of any book.
    @Suite struct ReferenceTests {
        private func ask(_ arguments: String...) throws -> Outcome {
            try Outcome.running(
                Installed.prefix + "/bin/kdbook", arguments, in: FileManager.default.temporaryDirectory.path)
        }

        @Test func aFunctionIsToldWithItsDocumentation() throws {
            for arguments in [["api", "softmax"], ["help", "api", "Softmax"]] {
                let outcome = try Outcome.running(
                    Installed.prefix + "/bin/kdbook", arguments, in: FileManager.default.temporaryDirectory.path)
                #expect(outcome.status == 0, "\(outcome)")
                #expect(outcome.output.contains("func softmax(_ logits: Matrix, temperature: Double = 1) -> Matrix"))
                #expect(outcome.output.contains("Each row's softmax at a temperature T"), "\(outcome)")
            }
        }

        @Test func aTypeIsToldWithItsMembers() throws {
            let outcome = try ask("api", "RandomStream")
            #expect(outcome.output.contains("Members:\n"), "\(outcome)")
            #expect(outcome.output.contains("mutating func normal() -> Double"))
            #expect(try ask("api", "RandomStream.normal").output.contains("Members:") == false)
        }

        @Test func theModulesAreThoseThatACellSees() throws {
            let exports = try String(
                contentsOf: Repository.root.appending(path: "Sources/KDBook/KDBook.swift"), encoding: .utf8)
            let exported = exports.matches(of: /@_exported public import (\w+)/).map { String($0.1) }
            #expect(RuntimeReference.modules == (exported + ["KDBook"]).sorted())
            #expect(try ask("api", "Frame").output.contains("struct Frame"))
            #expect(try ask("api", "holmCorrected").output.contains("Scand. J. Statist. 6 (1979)"))
        }

        @Test func aNameThatThereIsNotIsAWrongRequest() throws {
            let outcome = try ask("api", "sofmax")
            #expect(outcome.status == 2 && outcome.errors.contains("did you mean `softmax`?"), "\(outcome)")
            #expect(try ask("help", "api").output.contains("kdbook api softmax"))
        }
    }
}
