import KDBook
import Testing
import Wire

@Suite struct TableTests {
    @Test(arguments: [
        (["1", "2.5", "-3"], TableContent.Alignment.trailing), (["97.1 %", "3,000", "±0.1"], .trailing),
        (["1e-3", "6.02×10⁻²³", "∞"], .trailing),
        (["−1", "1…2", "1 000"], .trailing), (["", ""], .trailing), ([], .trailing), (["1", "two"], .leading),
        (["a"], .leading),
        (["12 kg"], .leading), (["½", "1"], .trailing),
    ])
    func aColumnOfNumbersIsSetFlushRight(entries: [String], alignment: TableContent.Alignment) {
        let table = Table(columns: ["name", "value"], rows: entries.map { ["x", $0] })
        #expect(table.content.alignments[1] == alignment)
    }

    @Test func aTableKeepsItsCaptionItsColumnsAndItsRows() {
        let table = Table("Scores", columns: ["net", "accuracy"], rows: [["teacher", "97.1"], ["student", "93.45"]])
        #expect(
            table.content
                == TableContent(
                    caption: "Scores", columns: ["net", "accuracy"], alignments: [.leading, .trailing],
                    rows: [["teacher", "97.1"], ["student", "93.45"]]))
        #expect(Table(columns: [], rows: []).content.caption == nil)
    }

    @Test func itsDescriptionIsAlignedText() {
        let table = Table(columns: ["net", "accuracy"], rows: [["teacher", "97.1"], ["élève", "3"]])
        #expect(table.description == "net      accuracy\nteacher      97.1\nélève           3")
        #expect(Table(columns: ["a"], rows: []).description == "a")
    }

    @Test func aTableShowsItself() {
        let table = Table(columns: ["a"], rows: [["1"]])
        guard case .table(let shown) = table.display else {
            Issue.record("a table is shown as \(table.display)")
            return
        }
        #expect(shown == table)
    }

    @Test func aRowOfAnotherLengthStopsTheProgram() async {
        await #expect(processExitsWith: .failure) {
            _ = Table(columns: ["a", "b"], rows: [["1"]])
        }
    }
}
