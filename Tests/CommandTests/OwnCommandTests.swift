import ArgumentParser
import Books
import Testing

@testable import kdbook

/// A command that no file of the tool knows.
private struct CountSheep: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Count sheep until somebody sleeps.")
    @Argument var sheep: Int
}

/// The tool with that command in its list.
private struct Shepherd: ParsableCommand {
    static let configuration = Kdbook.commandLine(of: Kdbook.commands + [CountSheep.self])
}

/// A new command is a file and its place in ``Kdbook/commands``: parser, help, manual and messages go by that list.
@Suite struct OwnCommandTests {
    @Test func itIsParsedByItsName() throws {
        let command = try #require(Shepherd.asked(by: ["count-sheep", "3"]) as? CountSheep)
        #expect(command.sheep == 3)
        #expect(throws: UsageError.self) { try Kdbook.asked(by: ["count-sheep", "3"]) }
    }

    @Test func helpAndManualHaveIt() {
        #expect(Shepherd.helpMessage().contains("Count sheep until somebody sleeps."))
        #expect(Manual.page(of: Shepherd.self).contains(".SH kdbook count\\-sheep"))
        #expect(!Manual.page(of: Kdbook.self).contains("sheep"))
    }

    @Test func aSlipOfThePenFindsIt() {
        let error = #expect(throws: UsageError.self) { try Shepherd.asked(by: ["cuont-sheep", "3"]) }
        #expect(error?.description == "there is no command `cuont-sheep`; did you mean `count-sheep`?")
    }

    @Test func everyCommandSaysWhatItDoes() {
        for command in Kdbook.commands {
            #expect(!command.configuration.abstract.isEmpty, "\(command)")
        }
    }
}
