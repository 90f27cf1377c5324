import Foundation
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

        @Test func aNameThatThereIsNotIsAWrongRequest() throws {
            let outcome = try ask("api", "sofmax")
            #expect(outcome.status == 2 && outcome.errors.contains("did you mean `softmax`?"), "\(outcome)")
            #expect(try ask("help", "api").output.contains("kdbook api softmax"))
        }
    }
}
