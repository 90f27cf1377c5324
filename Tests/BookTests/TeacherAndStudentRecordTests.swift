import Foundation
import Notebook
import Testing
import Wire

/// What the second notebook shows, in its order of size.
@Suite struct TeacherAndStudentRecordTests {
    private let record: Record

    init() throws { record = try BookRecords.record("02-teacher-and-student") }

    private func number(_ text: String?) throws -> Double {
        let plain = try #require(text).replacingOccurrences(of: "−", with: "-").prefix { $0 != " " }
        return try #require(Double(plain))
    }

    @Test func everyCellDidAsExpected() {
        #expect(record.cells.allSatisfy { $0.status == .asExpected })
    }

    @Test func theDigitsAreNotCalledMNIST() {
        #expect(record.text("sizes").hasPrefix("synthetic digits: 10000 to learn from"))
    }

    @Test func theTeacherIsBetterThanEveryStudentAndAgreesWithItself() throws {
        let table = try #require(record.table("tbl-scores"))
        let accuracies = try table.rows.map { try number($0[2]) }
        #expect(accuracies.count == 4)
        #expect(accuracies.dropFirst().allSatisfy { $0 < accuracies[0] })
        #expect(table.rows[0][4] == "100.00 %")
        #expect(try table.rows.map { try number($0[3]) }.allSatisfy { $0 > 0 })
    }

    @Test func studentsOfSoftLabelsAnswerMoreOftenAsTheirTeacherDoes() throws {
        let agreement = try #require(record.table("tbl-scores")).rows.map { try number($0[4]) }
        #expect(agreement[2] > agreement[1] && agreement[3] > agreement[1])
    }

    @Test func aStudentWithLessRoomHasFewerParameters() throws {
        let roomy = try #require(record.table("tbl-scores")).rows.map { try number($0[1]) }
        let narrow = try #require(record.table("tbl-narrow")).rows.map { try number($0[1]) }
        #expect(roomy[0] == narrow[0])
        #expect(zip(roomy, narrow).dropFirst().allSatisfy { $0 > $1 })
    }

    @Test func itsChartsHoldTheLearningCurves() {
        let figures = record.cells.flatMap(\.displays).compactMap { display -> FigureContent? in
            if case .figure(let figure) = display { figure } else { nil }
        }
        #expect(figures.count == 4)
        #expect(figures.allSatisfy { !$0.alternativeText.isEmpty && $0.light != $0.dark })
    }
}
