import Notebook
import Testing
import Wire

/// What the notebook about the article's program shows.
@Suite struct ListingRecordTests {
    private let record: Record

    init() throws { record = try BookRecords.record("16-the-listing") }

    private func complaint(_ label: String) -> String {
        record.cells.first { $0.label == label }?.diagnostics.map(\.message).joined(separator: "\n") ?? ""
    }

    @Test func everyCellDidAsExpected() {
        #expect(record.cells.allSatisfy { $0.status == .asExpected })
    }

    @Test(arguments: [
        ("no-teacher", "teacher_model.safetensors: it cannot be read"),
        ("undefined", "cannot find 'validation' in scope"),
        ("two-targets", "cannot convert"),
        ("wrong-labels", "a precondition"),
        ("other-images", "has no soft label: the teacher was asked about other data"),
        ("no-compression", "precondition failed: both have 7850 parameters: nothing is compressed"),
    ])
    func aFaultOfTheProgramIsAnError(label: String, words: String) {
        #expect(complaint(label).contains(words), "\(complaint(label))")
    }

    @Test func theProgramDoesNotRun() {
        #expect(record.decidedClaims.map(\.id) == ["C22"])
        #expect(record.decidedClaims.first?.verdict == .refuted)
        #expect(record.text("claim-runs") == "read, and never defined: x_val, y_val, x_test, y_test\n")
    }

    @Test func theClippedDivergenceIsNothing() {
        #expect(record.text("keras").hasPrefix("clipped: 0"))
        #expect(record.text("keras").contains("right: 1.1215"))
    }

    @Test func everyWrongWayIsCaughtAndTheRightOnePasses() throws {
        let right = try #require(record.table("tbl-right"))
        #expect(right.rows.count == 9 && right.rows.allSatisfy { $0[1] == "nothing wrong" })
        let mutants = try #require(record.table("tbl-mutants"))
        #expect(mutants.rows.count == 11)
        #expect(mutants.rows.allSatisfy { (Int($0[1]) ?? 0) > 0 })
        #expect(record.text("caught").hasPrefix("11 of 11 wrong ways caught, 0 false alarms"))
    }

    @Test func theTeacherIsLargerAndBetterThanItsStudents() throws {
        let table = try #require(record.table("tbl-job"))
        let parameters = table.rows.compactMap { Int($0[1]) }
        #expect(parameters.count == 3 && parameters[0] > parameters[1] && parameters[1] == parameters[2])
    }
}
