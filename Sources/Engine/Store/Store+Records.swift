public import Notebook

extension Store {
    private func path(of plan: Plan) -> RootedPath { records / "\(plan.key).json" }

    /// A record as it is kept.
    struct Kept: Codable {
        let record: Record
        /// The SHA-256 of each picture's file, by the picture's name.
        let pictures: [String: String]
    }

    /// The record of an earlier run of `plan`, where there is one with all its pictures and outputs.
    public func record(for plan: Plan) -> Record? {
        guard let kept = SealedFile.read(Kept.self, from: path(of: plan)), case var record = kept.record,
            record.format == Record.currentFormat, record.cells.count == plan.notebook.cells.count,
            record.pictures.allSatisfy({ kept.pictures[$0].map(hasPicture) == true }),
            record.outputs?.allSatisfy(hasOutput) ?? true,
            circumstances(of: plan) != nil
        else { return nil }
        // What the notebook and its cells are called changes nothing of the run.
        record.notebook = plan.notebook.name
        for cell in plan.notebook.cells { record.cells[cell.number - 1].label = cell.options.label }
        for index in record.cells.indices { record.cells[index].findPictures(in: kept.pictures) }
        use(names(of: plan, record))
        return record
    }

    /// Keeps the record of a run that went as expected; others are run again.
    public func keep(_ record: Record, of plan: Plan) throws(EngineError) {
        guard !record.failed else { return }
        try SealedFile.write(Kept(record: record, pictures: record.pictureFiles), to: path(of: plan), by: workshop)
    }

    /// What the kept record of `plan` was made under.
    public func circumstances(of plan: Plan) -> Circumstances? {
        SealedFile.read(Circumstances.self, from: folder / Store.circumstances(plan))
    }

    func keep(_ circumstances: Circumstances, of plan: Plan) throws(EngineError) {
        try SealedFile.write(circumstances, to: folder / Store.circumstances(plan), by: workshop)
    }

    private static func circumstances(_ plan: Plan) -> String { "records/\(plan.key).circumstances.json" }

    /// The store's entries that a page was made from.
    public func names(of plan: Plan, _ record: Record) -> [String] {
        ["records/\(plan.key).json", Store.circumstances(plan)] + plan.unitKeys.map { "cells/\($0.key)" }
            + Set(record.pictureFiles.values).sorted().map { "figures/\($0).png" }
            + (record.outputs ?? []).map { "outputs/" + Store.name(of: $0) }
    }
}

extension Record {
    /// The digests of all pictures in the record.
    var pictures: [String] { cells.flatMap(\.pictures) }

    /// The SHA-256 of the file of each picture, by the digest of what the picture shows.
    public var pictureFiles: [String: String] {
        cells.reduce(into: [:]) { files, cell in files.merge(cell.pictureFiles) { first, _ in first } }
    }
}

extension CellRecord {
    /// The digests of the pictures that the cell drew.
    public var pictures: [String] {
        displays.flatMap { (display) -> [String] in
            if case .figure(let figure) = display { [figure.light, figure.dark] } else { [] }
        }
    }

    /// Takes the files of its pictures from `files`, which are named by what they show.
    mutating func findPictures(in files: [String: String]) {
        let own = Set(pictures)
        pictureFiles = files.filter { own.contains($0.key) }
    }
}
