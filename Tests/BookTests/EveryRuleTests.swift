import Evidence
import Foundation
import Notebook
import Publishing
import Testing
import Wire

/// The kinds of rules, each with an example. The compiler asks here for a case that ``DecisionRule`` gets, and the tests below
/// then ask for all else that a rule needs.
enum RuleKind: String, CaseIterable {
    case difference, contrast, proportion, rankCorrelation, equal, between, holds

    init(_ rule: DecisionRule) {
        self =
            switch rule {
            case .difference: .difference
            case .contrast: .contrast
            case .proportion: .proportion
            case .rankCorrelation: .rankCorrelation
            case .equal: .equal
            case .between: .between
            case .holds: .holds
            }
    }

    /// A rule, and observations that support it.
    var example: (rule: DecisionRule, observations: Observations) {
        let rising = (1...8).map(Double.init)
        return switch self {
        case .difference: (.difference(expected: .greater), .differences(rising))
        case .contrast: (.contrast(Contrast("a − b", expected: .greater)), .differences(rising))
        case .proportion: (.proportion(expected: .greater, than: 0.1), .count(90, of: 100))
        case .rankCorrelation: (.rankCorrelation(expected: .greater), .pairs(x: rising, y: rising))
        case .equal: (.equal(to: 1), .number(1))
        case .between: (.between(lower: 0, upper: 2), .number(1))
        case .holds: (.holds("it does"), .condition(true))
        }
    }
}

/// A rule that decides claims is a case of ``DecisionRule``; whatever else it needs, one of these tests misses.
@Suite struct EveryRuleTests {
    /// What a finding says that nobody has derived yet.
    private func finding(_ kind: RuleKind) throws -> Finding {
        let (rule, observations) = kind.example
        return try Finding(rule: rule, observations: observations, verdict: .undecided, n: 0).derivedAgain()
    }

    @Test(arguments: RuleKind.allCases) func itsExampleIsOfItsKind(kind: RuleKind) {
        #expect(RuleKind(kind.example.rule) == kind)
    }

    @Test(arguments: RuleKind.allCases) func itDecidesAndIsDerivedAgain(kind: RuleKind) throws {
        #expect(try finding(kind).verdict == .supported)
        #expect(try finding(kind).derivedAgain() == finding(kind))
    }

    @Test(arguments: RuleKind.allCases) func itRefusesObservationsOfAnotherKind(kind: RuleKind) {
        let other: Observations = kind == .holds ? .number(1) : .condition(true)
        let finding = Finding(rule: kind.example.rule, observations: other, verdict: .undecided, n: 0)
        #expect(throws: UnderivableFinding.self) { try finding.derivedAgain() }
    }

    @Test(arguments: RuleKind.allCases) func aPageHasWordsForIt(kind: RuleKind) throws {
        let sentence = kind.example.rule.description
        #expect(sentence.hasPrefix("supported if ") && sentence.contains("; else "), "\(sentence)")
        #expect(try FindingWords(finding(kind)).all.isEmpty == false)
    }

    @Test(arguments: RuleKind.allCases) func aRecordKeepsItUnderItsName(kind: RuleKind) throws {
        let bytes = try StableJSON.encode(kind.example.rule)
        #expect(try StableJSON.decode(DecisionRule.self, from: bytes) == kind.example.rule)
        #expect(try StableJSON.decode([String: JSONValue].self, from: bytes).keys.sorted() == [kind.rawValue])
    }

    @Test func theSchemaOfRecordsKnowsTheseKindsAndNoOther() throws {
        let file = BookRecords.root.appendingPathComponent("Documentation/record.schema.json")
        let schema = try JSONDecoder().decode(RecordSchema.self, from: Data(contentsOf: file))
        #expect(schema.definitions.rule.properties.keys.sorted() == RuleKind.allCases.map(\.rawValue).sorted())
    }
}

/// As much of the schema as names the rules.
private struct RecordSchema: Decodable {
    struct Definitions: Decodable {
        struct Rule: Decodable { let properties: [String: JSONValue] }
        let rule: Rule
    }
    let definitions: Definitions

    private enum CodingKeys: String, CodingKey { case definitions = "$defs" }
}
