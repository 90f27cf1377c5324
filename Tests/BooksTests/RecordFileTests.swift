import Notebook
import Testing

@testable import Books
@testable import Engine

/// Records are read from files that another kdbook, or anyone, may have written.
@Suite struct RecordFileTests {
    private func read(_ text: String) throws -> Record {
        let book = try BookOnDisk(["Output/default/n/record.json": text])
        return try Record(contentsOf: book.book.output / "default/n/record.json")
    }

    private func cause(_ text: String) -> String? {
        do {
            _ = try read(text)
            return nil
        } catch {
            return (error as? EngineError)?.cause
        }
    }

    @Test func aRecordIsReadAsItWasWritten() throws {
        let record = Record(notebook: "n", edition: "default", parameters: ["rate": "0.5"], inputs: [], cells: [])
        #expect(try read(String(decoding: StableJSON.encode(record), as: UTF8.self)) == record)
    }

    @Test func aRecordOfAnotherFormatIsToldByItsNumber() {
        let cause = cause(#"{"format": 2, "pages": []}"#)
        #expect(cause?.hasPrefix("it is a record of format 2, and this kdbook reads format 1 only; ") == true)
    }

    @Test(arguments: ["", "{", "[]", "{}", #"{"format": "one"}"#, #"{"format": 1}"#])
    func whatIsNoRecordIsToldAsSuch(text: String) {
        #expect(cause(text) == "it is not a record that can be read")
    }
}
