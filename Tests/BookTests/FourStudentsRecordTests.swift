import Foundation
import Notebook
import Testing
import Wire

/// What the notebook about four students shows on the real MNIST, at the size of the published experiment.
@Suite struct FourStudentsRecordTests {
    private let record: Record

    init() throws { record = try BookRecords.record("04-four-students", edition: "mnist") }

    /// The errors of a net on the test digits, by start.
    private func errors(_ net: String) throws -> [Double] {
        try #require(record.table("tbl-published")?.row(net))[2].numbers
    }

    @Test func itIsTheRealMNISTAtFullSize() {
        #expect(record.printed.contains("MNIST: 60000 to learn from, 10000 to be judged by\n"))
        #expect(record.parameters["teacherUnits"] == "1200" && record.parameters["studentUnits"] == "800")
        #expect(record.cells.allSatisfy { $0.status == .asExpected })
    }

    private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    @Test func thereAreAtLeastEightStarts() throws {
        for net in ["teacher", "left alone", "distilled"] { #expect(try errors(net).count >= 8) }
    }

    @Test func teachersMakeAtMost85ErrorsInTheMean() throws {
        #expect(try mean(errors("teacher")) <= 85)
    }

    @Test func everyStudentLeftAloneMakes120To190Errors() throws {
        #expect(try errors("left alone").allSatisfy { (120...190).contains($0) })
    }

    @Test func distilledStudentsMakeAtMost95ErrorsInTheMean() throws {
        #expect(try mean(errors("distilled")) <= 95)
    }

    @Test func everyDistilledStudentIsBetterThanTheOneLeftAlone() throws {
        #expect(zip(try errors("distilled"), try errors("left alone")).allSatisfy { $0 < $1 })
    }

    @Test func thePublishedCountsStandBesideOursEachWithItsInterval() throws {
        let table = try #require(record.table("tbl-published"))
        #expect(table.rows.map { $0[1] } == ["67", "146", "74"])
        for row in table.rows {
            #expect(row[2].numbers.count == 2 && row[4].numbers.count == 2)
        }
    }
}
