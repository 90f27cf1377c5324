import Testing

@testable import Notebook

/// A new option or entry is a case of an enumeration, and nothing else but how it is read.
@Suite struct EntryNameTests {
    private enum Toy: String, EntryName {
        case size
        case paintColour = "paint-colour"
    }

    private struct Options: Equatable {
        var size = 1.0
        var colour = ""
    }

    private func read(_ yaml: String) -> (Options, [Diagnostic]) {
        var options = Options()
        let problems = YAMLValue.readMapping(yaml, firstLine: 7, column: 5, what: "option") {
            (name: Toy, value) throws(YAMLValue.Mismatch) in
            switch name {
            case .size: options.size = try value.seconds
            case .paintColour: options.colour = try value.string
            }
        }
        return (options, problems)
    }

    @Test func aCaseIsANameThatCanBeWritten() {
        #expect(Toy.all == ["size", "paint-colour"])
        let (options, problems) = read("paint-colour: red\nsize: 3")
        #expect(options == Options(size: 3, colour: "red") && problems.isEmpty)
    }

    @Test func aSlipOfThePenIsToldAtItsPlaceWithTheNearestName() throws {
        let (options, problems) = read("paint-color: red")
        let problem = try #require(problems.first)
        #expect(options == Options() && problems.count == 1)
        #expect(problem.message.contains("did you mean `paint-colour`?"), "\(problem)")
        #expect(problem.position == SourcePosition(line: 7, column: 5))
    }

    @Test func aValueOfAnotherKindIsToldAtItsPlace() throws {
        let problem = try #require(read("size: [1]").1.first)
        #expect(problem.position.line == 7 && problem.message.contains("size"), "\(problem)")
    }
}
