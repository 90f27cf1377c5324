import LossDiagnosis
import TestSupport
import Testing

/// The calls of toolkits in `Data/toolkits.json`, each diagnosed from its values alone.
@Suite struct ToolkitTests {
    private let recorded: RecordedLosses

    init() throws {
        recorded = try RecordedLosses(contentsOf: Repository.root.path + "/Data/toolkits.json")
    }

    @Test func everyCallIsNamedAsItsFormulaIsKnown() {
        #expect(recorded.calls.count == knownRelations.count)
        for (call, known) in zip(recorded.calls, knownRelations) {
            let diagnosis = diagnose(recorded.answers(of: call))
            #expect(call.toolkit == known.toolkit)
            #expect(diagnosis.mistakes == known.mistakes, "\(call.toolkit), \(call.call)")
            #expect(diagnosis.isRight == known.mistakes.isEmpty, "\(call.toolkit), \(call.call)")
        }
    }
}
