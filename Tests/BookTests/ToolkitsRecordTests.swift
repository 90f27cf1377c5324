import Notebook
import Testing
import Wire

/// What the notebook about toolkits' losses shows, in each edition.
@Suite struct ToolkitsRecordTests {
    private func record(_ edition: String) throws -> Record {
        try BookRecords.record("17-the-toolkits", edition: edition)
    }

    @Test(arguments: ["default", "mnist"])
    func everyCallHasItsRowAndTheCountsAddUp(edition: String) throws {
        let record = try record(edition)
        let table = try #require(record.table("tbl-toolkits"))
        #expect(table.rows.count == 71)
        let right = table.rows.count { $0[2] == "right" }
        #expect(record.text("counts").hasPrefix("71 calls: \(right) right, \(71 - right) not\n"))
        // What is right has the right value, to the digits shown.
        for row in table.rows where row[2] == "right" { #expect(row[5] == "1" || row[5] == "1.00", "\(row)") }
    }

    @Test(arguments: ["default", "mnist"])
    func theChosenRateIsTheBestOfItsRow(edition: String) throws {
        let record = try record(edition)
        let rates = try #require(record.table("tbl-rates"))
        let costs = try #require(record.table("tbl-cost"))
        for row in rates.rows {
            let errors = try row.dropFirst().map { try #require(Double($0)) }
            let best = try #require(errors.min())
            let chosen = costs.rows.filter { $0[0] == row[0] && ($0[1].hasSuffix("its own") || $0[5] == "") }
            #expect(chosen.count == 1)
            let rate = try #require(chosen.first?[1].numbers.first)
            let place = try #require(rates.columns.dropFirst().firstIndex { Double($0) == rate })
            #expect(errors[place - 1] == best, "\(row)")
        }
    }

    @Test(arguments: ["default", "mnist"])
    func aVerdictIsThatOfItsInterval(edition: String) throws {
        let costs = try #require(try record(edition).table("tbl-cost"))
        #expect(costs.rows.count == 11)
        for row in costs.rows where row[5] != "" {
            let bounds = row[4].numbers
            try #require(bounds.count == 2)
            switch row[5] {
            case "costs accuracy": #expect(bounds[0] >= 0.5, "\(row)")
            case "costs less": #expect(bounds[1] <= 0.5, "\(row)")
            // The sign-flip test may hold a verdict back that the interval alone would give.
            default: #expect(row[5] == "open", "\(row)")
            }
        }
    }
}
