import Digest
import Foundation
public import Notebook
import Wire

/// What is kept between runs, in the book's `.kdbook` folder: compiled cells, records and pictures, each under
/// a name that stands for what it was made from. All of it can be made again.
public struct Store: Sendable {
    let folder: String

    public init(_ book: Book) { folder = book.store }

    var cells: String { folder + "/cells" }
    var moduleCache: String { folder + "/modules" }
    /// The folder of the pictures, each named by the digest of what it shows.
    public var figures: String { folder + "/figures" }

    /// The path of the picture with the digest `digest`.
    public func figure(_ digest: String) -> String { "\(figures)/\(digest).png" }

    /// Makes the folders.
    public func prepare() throws(EngineError) {
        for part in [cells, moduleCache, figures] { try Files.createFolder(part) }
    }

    /// The record of an earlier run of `plan`, where there is one with all its pictures.
    public func record(for plan: Plan) -> Record? {
        guard let bytes = try? Files.read(path(of: plan)),
            var record = try? StableJSON.decode(Record.self, from: bytes),
            record.format == Record.currentFormat, record.cells.count == plan.notebook.cells.count,
            record.pictures.allSatisfy({ Files.exists(figure($0)) })
        else { return nil }
        // A label is how a page refers to a cell; it changes nothing of the run.
        for cell in plan.notebook.cells { record.cells[cell.number - 1].label = cell.options.label }
        return record
    }

    /// Keeps the record of a run that went as expected; others are run again.
    public func keep(_ record: Record, of plan: Plan) throws(EngineError) {
        guard !record.failed else { return }
        try Files.write(json: record, to: path(of: plan))
    }

    private func path(of plan: Plan) -> String { "\(folder)/records/\(plan.key).json" }
}

extension Record {
    /// The digests of all pictures in the record.
    public var pictures: [String] { cells.flatMap(\.pictures) }
}

extension CellRecord {
    /// The digests of the pictures that the cell drew.
    public var pictures: [String] {
        displays.flatMap { (display) -> [String] in
            if case .figure(let figure) = display { [figure.light, figure.dark] } else { [] }
        }
    }
}
