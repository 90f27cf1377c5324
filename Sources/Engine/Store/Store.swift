import Digest
import Foundation

/// What is kept between runs, in the book's `.kdbook` folder: compiled cells, records and pictures, each under
/// a name that stands for what it was made from. All of it can be made again.
///
/// Several processes may use a store at once, and each may be ended at any moment: what has its final name is whole,
/// because it was made under another and renamed, and it is compared with its digest before it is used.
public struct Store: Sendable {
    let folder: RootedPath

    /// The store in the book's folder `.kdbook`; the folder need not be there yet.
    public init(_ book: Book) { folder = book.store }

    /// A store apart from any book's.
    package init(at folder: RootedPath) { self.folder = folder }

    var cells: RootedPath { folder / "cells" }
    var records: RootedPath { folder / "records" }
    /// The keys of what notebooks are compiled to.
    var plans: RootedPath { folder / "plans" }
    /// The folder of the pictures, each named by the digest of its file.
    var figures: RootedPath { folder / "figures" }
    /// The folder of what notebooks wrote, each file named by the digest of what is in it.
    var outputs: RootedPath { folder / "outputs" }
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
        for part in [cells, twins, records, plans, figures, outputs, scratch, workshop] {
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

// MARK: Pictures

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

    func hasPicture(_ digest: String) -> Bool { (try? picture(digest).digest().description) == digest }
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
            var entries = [cells, twins, records, plans, figures, outputs].flatMap(Store.entries)
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
            let files = status.kind == .folder ? path.filesWithin.compactMap { (path / $0).status } : [status]
            return (path, status.changed, files.map(\.size).reduce(0, +))
        }
    }

    /// Removes an entry so that at no moment a part of it has its name.
    private func discard(_ path: RootedPath) {
        let leaving = workshop / UUID().uuidString
        if (try? path.move(to: leaving)) != nil { leaving.removeAll() }
    }
}
