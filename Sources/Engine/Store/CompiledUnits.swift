import Digest
import Foundation
import Notebook

/// Compiled cells, as the store keeps them.
extension Store {
    /// What the store says of a compiled unit, beside its module and library.
    struct Note: Codable {
        let diagnostics: [Diagnostic]
        /// The digests of the unit's files, by name.
        let files: [String: String]
        /// What the compiler is told for cells behind it, with `@` in place of the unit's folder.
        var flags: [String]?
    }

    static let note = "unit.json"

    func folder(of unit: CompilationUnit) -> RootedPath { cells / unit.key.description }

    /// A name that is swept away when nobody uses the store.
    private func discarded(_ unit: CompilationUnit) -> RootedPath { cells / "\(unit.key).\(UUID().uuidString)~" }

    /// The unit as it was compiled before, where all of it is there.
    func compiled(_ unit: CompilationUnit) -> CompiledUnit? {
        let folder = folder(of: unit)
        guard let note = SealedFile.read(Note.self, from: folder / Store.note),
            note.files.allSatisfy({ (try? (folder / $0.key).digest().description) == $0.value })
        else { return nil }
        cells.touch([folder.name])
        return CompiledUnit(
            unit: unit, folder: folder, diagnostics: note.diagnostics,
            moduleDigest: unit.packages == nil ? note.files[unit.moduleName] ?? "" : unit.key.description,
            flags: (note.flags ?? []).map { $0.replacing("@", with: folder.path) })
    }

    /// Keeps what was built in the unit's own folder.
    func keepInPlace(_ unit: CompilationUnit, files: [String], flags: [String]) throws(EngineError) {
        var digests: [String: String] = [:]
        for name in files { digests[name] = try (folder(of: unit) / name).digest().description }
        try SealedFile.write(
            Note(diagnostics: [], files: digests, flags: flags), to: folder(of: unit) / Store.note, by: workshop)
    }

    /// The unit as another was compiled that had the same to go on, put under the unit's own key.
    ///
    /// - Parameter contents: stands for all that the compiler reads.
    func twin(of unit: CompilationUnit, contents: String) throws(EngineError) -> CompiledUnit? {
        let path = twins / "\(contents).json"
        guard let name = SealedFile.read(String.self, from: path) else { return nil }
        twins.touch([path.name])
        let folder = cells / name
        guard let note = SealedFile.read(Note.self, from: folder / Store.note) else { return nil }
        let workshop = try workshop(for: unit)
        defer { workshop.removeAll() }
        for name in note.files.keys.sorted() {
            guard let bytes = try? (folder / name).read(),
                SHA256Digest(of: bytes).description == note.files[name]
            else { return nil }
            try (workshop / name).write(bytes)
        }
        return try keep(unit, from: workshop, diagnostics: note.diagnostics, contents: contents)
    }

    /// A new folder to compile `unit` in.
    func workshop(for unit: CompilationUnit) throws(EngineError) -> RootedPath {
        let workshop = discarded(unit)
        try workshop.createFolder()
        return workshop
    }

    /// Keeps what was made of `unit` in its workshop.
    func keep(
        _ unit: CompilationUnit, from workshop: RootedPath, diagnostics: [Diagnostic], contents: String
    ) throws(EngineError) -> CompiledUnit {
        let kept = [unit.moduleName, unit.libraryName]
        for name in workshop.entries where !kept.contains(name) { (workshop / name).removeAll() }
        var digests: [String: String] = [:]
        for name in kept { digests[name] = try (workshop / name).digest().description }
        try SealedFile.write(Note(diagnostics: diagnostics, files: digests), to: workshop / Store.note)
        // Two runs may have built the same unit: the first to finish stays. What is damaged goes.
        while case .failure(let obstacle) = workshop.moved(to: folder(of: unit)) {
            guard [ENOTEMPTY, EEXIST, ENOTDIR].contains(obstacle.cause.number) else { throw obstacle.error(.write) }
            if let other = compiled(unit) { return other }
            if case .failure(let obstacle) = folder(of: unit).moved(to: discarded(unit)) {
                throw obstacle.error(.write)
            }
        }
        // A note may point at lines of another cell, which are no part of what the compiler reads.
        if !diagnostics.contains(where: { $0.cell != nil }) {
            try SealedFile.write(unit.key.description, to: twins / "\(contents).json", by: self.workshop)
        }
        return CompiledUnit(
            unit: unit, folder: folder(of: unit), diagnostics: diagnostics, moduleDigest: digests[unit.moduleName] ?? ""
        )
    }
}
