import Digest
import Foundation
import Notebook

/// The store as what machines share: entries of files, each of which can be told whole from damaged.
extension Store {
    /// The names of all files that could be shared, whole or not, by entry.
    func sharedEntries() -> [SharedEntry: [SharedName]] {
        var names: [SharedName] = []
        for part in SharedName.Part.allCases {
            for entry in (folder / part.rawValue).entries {
                let files = part == .cells ? (cells / entry).entries.map { "\(entry)/\($0)" } : [entry]
                let parsed = files.map { SharedName("\(part.rawValue)/\($0)") }
                // The packages of a book are built where they are used: their folders hold more than a cell's.
                if parsed.allSatisfy({ $0 != nil }) { names += parsed.compactMap(\.self) }
            }
        }
        return Dictionary(grouping: names, by: SharedEntry.init)
    }

    /// What stands under the names of an entry; `nil` where it is not whole.
    func sharedContent(_ names: [SharedName]) -> [SharedName: StoreManifest.Content]? {
        var files: [SharedName: [UInt8]] = [:]
        for name in names {
            guard let bytes = try? (folder / name.path).read() else { return nil }
            files[name] = bytes
        }
        guard Store.isWhole(files) else { return nil }
        return Dictionary(uniqueKeysWithValues: files.map { ($0.key, StoreManifest.Content($0.key, $0.value)) })
    }

    /// Whether files that stand under the names of one entry can be what a store keeps there.
    static func isWhole(_ files: [SharedName: [UInt8]]) -> Bool {
        guard let (name, bytes) = files.first else { return false }
        switch name.part {
        case .cells: return isUnit(files)
        case .figures: return files.count == 1 && SHA256Digest(of: bytes).description == name.key
        case .plans: return files.count == 1 && SealedFile.value([UnitKey].self, in: bytes) != nil
        case .twins:
            return files.count == 1 && SealedFile.value(String.self, in: bytes).map(SharedName.isDigest) == true
        case .records:
            let isRecord = name.role == .whole && SealedFile.value(Kept.self, in: bytes) != nil
            let isOfRun = name.role == .circumstances && SealedFile.value(Circumstances.self, in: bytes) != nil
            return files.count == 1 && (isRecord || isOfRun)
        }
    }

    /// Whether there are a note, and just the files that it tells the digests of.
    private static func isUnit(_ files: [SharedName: [UInt8]]) -> Bool {
        var others: [String: String] = [:]
        var note: Note?
        for (name, bytes) in files {
            guard case .unit(let file) = name.role else { return false }
            if file == Store.note {
                note = SealedFile.value(Note.self, in: bytes)
            } else {
                others[file] = SHA256Digest(of: bytes).description
            }
        }
        return note.map { $0.files == others && others.count == 2 } ?? false
    }

    /// Puts an entry into the store that came from elsewhere and is what was signed. One that is there and whole stays.
    func take(_ files: [SharedName: [UInt8]]) throws(EngineError) {
        guard let name = files.keys.first else { return }
        guard name.part == .cells else {
            for (name, bytes) in files { try (folder / name.path).write(bytes, by: workshop) }
            return
        }
        let made = cells / "\(name.key).\(UUID().uuidString)~"
        defer { made.removeAll() }
        for (name, bytes) in files {
            guard case .unit(let file) = name.role else { continue }
            try (made / file).write(bytes)
        }
        let place = cells / name.key
        while case .failure(let obstacle) = made.moved(to: place) {
            guard [ENOTEMPTY, EEXIST, ENOTDIR].contains(obstacle.cause.number) else { throw obstacle.error(.write) }
            if sharedContent(files.keys.map(\.self)) != nil { return }
            let damaged = cells / "\(name.key).\(UUID().uuidString)~"
            if case .failure(let obstacle) = place.moved(to: damaged) { throw obstacle.error(.write) }
            damaged.removeAll()
        }
    }
}

extension StoreManifest.Content {
    /// What stands under `name`.
    init(_ name: SharedName, _ bytes: [UInt8]) {
        self.init(
            sha256: SHA256Digest(of: bytes).description, size: bytes.count, meaning: Self.meaning(of: name, bytes))
    }

    private static func meaning(of name: SharedName, _ bytes: [UInt8]) -> String? {
        switch (name.part, name.role) {
        case (.records, .whole): meaning(ofRecord: bytes)
        case (.cells, .unit(let file)) where file.hasPrefix("lib"): SharedLibrary(bytes)?.loadedDigest?.description
        case (.figures, _): PictureFile(Data(bytes))?.digest.description
        case (_, _): nil
        }
    }

    private static func meaning(ofRecord bytes: [UInt8]) -> String? {
        SealedFile.value(Store.Kept.self, in: bytes).flatMap { try? StableJSON.encode($0.record) }
            .map { SHA256Digest(of: $0).description }
    }
}
