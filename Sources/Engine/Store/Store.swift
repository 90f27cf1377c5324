import Digest
import Foundation
public import Notebook
import Wire

/// What is kept between runs, in the book's `.kdbook` folder: compiled cells, records and pictures, each under
/// a name that stands for what it was made from. All of it can be made again.
///
/// Several processes may use a store at once, and each may be ended at any moment: what has its final name is whole,
/// because it was made under another and renamed, and it is compared with its digest before it is used.
public struct Store: Sendable {
    let folder: RootedPath

    public init(_ book: Book) { folder = book.store }

    var cells: RootedPath { folder / "cells" }
    var records: RootedPath { folder / "records" }
    /// The keys of what notebooks are compiled to.
    var plans: RootedPath { folder / "plans" }
    /// The folder of the pictures, each named by the digest of its file.
    var figures: RootedPath { folder / "figures" }
    /// What compilations that had the same to go on gave; each names a compiled unit.
    var twins: RootedPath { folder / "twins" }
    /// Where C modules are kept until the store is swept, if there is no better place (``Installation/moduleCache``).
    var moduleCache: String { (workshop / "modules").path }
    /// A folder for each kernel that runs: its home.
    var scratch: RootedPath { folder / "scratch" }
    /// Where files are made that are then put in their place.
    public var workshop: RootedPath { folder / "workshop" }

    /// Begins to use the store, until this process ends: makes its folders and clears away what ended processes left.
    public func prepare() throws(EngineError) {
        _ = try StoreLock.join(folder) { sweep() }
        for part in [cells, twins, records, plans, figures, scratch, workshop] {
            try part.createFolder()
        }
    }

    /// Removes what no store keeps; nobody else may be using it.
    private func sweep() {
        for leftover in cells.entries where leftover.hasSuffix("~") { (cells / leftover).removeAll() }
        for part in [scratch, workshop] {
            for leftover in part.entries { (part / leftover).removeAll() }
        }
    }
}

// MARK: Records and pictures

extension Store {
    /// The picture whose file has the digest `digest`.
    public func picture(_ digest: String) -> RootedPath { figures / "\(digest).png" }

    /// Keeps a picture under the digest of its bytes, so that nobody can put another in its place.
    ///
    /// - Returns: the digest.
    func keepPicture(_ png: [UInt8]) throws(EngineError) -> String {
        let digest = SHA256Digest(of: png).description
        if !hasPicture(digest) { try picture(digest).write(png, by: workshop) }
        return digest
    }

    private func hasPicture(_ digest: String) -> Bool { (try? picture(digest).digest().description) == digest }

    private func path(of plan: Plan) -> RootedPath { records / "\(plan.key).json" }

    /// A record as it is kept.
    private struct Kept: Codable {
        let record: Record
        /// The SHA-256 of each picture's file, by the picture's name.
        let pictures: [String: String]
    }

    /// The record of an earlier run of `plan`, where there is one with all its pictures.
    public func record(for plan: Plan) -> Record? {
        guard let kept = SealedFile.read(Kept.self, from: path(of: plan)), case var record = kept.record,
            record.format == Record.currentFormat, record.cells.count == plan.notebook.cells.count,
            record.pictures.allSatisfy({ kept.pictures[$0].map(hasPicture) == true }),
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
}

// MARK: Plans

extension Store {
    /// The keys of units that were made from what `basis` stands for.
    func unitKeys(basis: String) -> [UnitKey]? {
        let path = plans / "\(basis).json"
        defer { plans.touch([path.name]) }
        return SealedFile.read([UnitKey].self, from: path)
    }

    func keep(_ keys: [UnitKey], basis: String) throws(EngineError) {
        try SealedFile.write(keys, to: plans / "\(basis).json", by: workshop)
    }
}

// MARK: What was used when

extension Store {
    /// The store's entries that a page was made from.
    public func names(of plan: Plan, _ record: Record) -> [String] {
        ["records/\(plan.key).json", Store.circumstances(plan)] + plan.unitKeys.map { "cells/\($0.key)" }
            + Set(record.pictureFiles.values).sorted().map { "figures/\($0).png" }
    }

    /// Says that entries are in use: those that were not for the longest time go first.
    public func use(_ names: [String]) {
        for (part, entries) in Dictionary(grouping: names.map { folder / $0 }, by: \.parent) {
            part.touch(entries.map(\.name))
        }
    }

    /// Makes room: where the store has grown beyond `limit` bytes, removes entries until it has a tenth of that free, those
    /// first that were not used for the longest time. Does nothing while another process uses the store.
    public func evict(limit: Int) throws(EngineError) {
        try StoreLock.join(folder).whenAlone {
            var entries = [cells, twins, records, plans, figures].flatMap(Store.entries)
            var size = entries.reduce(0) { $0 + $1.size }
            guard size > limit else { return }
            entries.sort { ($0.used, $0.path.path) < ($1.used, $1.path.path) }
            for entry in entries {
                guard size > limit - limit / 10 else { break }
                discard(entry.path)
                size -= entry.size
            }
        }
    }

    /// Removes the whole store.
    ///
    /// - Returns: how many bytes it had.
    /// - Throws: that another process uses it.
    public func removeAll() throws(EngineError) -> Int {
        guard folder.exists else { return 0 }
        var size: Int?
        try StoreLock.join(folder).whenAlone { size = folder.removeAll() }
        guard let size else {
            throw EngineError(
                .write, file: folder.path, cause: "a render is using it; wait for its end, then clean again")
        }
        return size
    }

    private static func entries(in folder: RootedPath) -> [(path: RootedPath, used: Date, size: Int)] {
        folder.entries.compactMap { name in
            let path = folder / name
            guard let status = path.status else { return nil }
            // An entry is a file, or a folder of files.
            let files = status.kind == .folder ? path.entries.compactMap { (path / $0).status } : [status]
            return (path, status.changed, files.map(\.size).reduce(0, +))
        }
    }

    /// Removes an entry so that at no moment a part of it has its name.
    private func discard(_ path: RootedPath) {
        let leaving = workshop / UUID().uuidString
        if (try? path.move(to: leaving)) != nil { leaving.removeAll() }
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
