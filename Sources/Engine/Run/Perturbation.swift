import Foundation

/// Something around a notebook's process that may be otherwise elsewhere, and that no result may depend on.
public enum Perturbation: String, CaseIterable, Sendable {
    case hashSeed = "the hash seed"
    case timeZone = "the time zone"
    case locale = "the locale"
    case folder = "the folder"
    case threads = "the number of threads"
    case instructionSet = "the instruction set"
    case zeros = "what products do with zeros"

    /// `conditions` with this one otherwise. The folder is not among them: it is the book's (see ``Book/withCopy(_:)``).
    public func applied(to conditions: KernelConditions) -> KernelConditions {
        var conditions = conditions
        switch self {
        case .hashSeed: conditions.hasFixedHashing = false
        // Fourteen hours ahead of UTC: for most of the day, another date.
        case .timeZone: conditions.timeZone = "Pacific/Kiritimati"
        // Other words for days and months, and a comma where others have a point.
        case .locale: conditions.locale = "de_DE.UTF-8"
        case .folder: break
        case .threads:
            let threads = conditions.threads ?? ProcessInfo.processInfo.activeProcessorCount
            conditions.threads = threads == 1 ? 3 : 1
        case .zeros: conditions.zeros = conditions.zeros == "skip" ? "dense" : "skip"
        case .instructionSet:
            conditions.instructionSet = conditions.instructionSet == nil && Perturbation.hasAVX512 ? "avx2" : "portable"
        }
        return conditions
    }

    /// Whether AVX2 is not the widest that the processor has; it takes a few times as long without any.
    private static let hasAVX512: Bool = {
        #if arch(x86_64)
            (try? Files.readText("/proc/cpuinfo"))?.contains("avx512f") ?? false
        #else
            false
        #endif
    }()
}

extension Book {
    /// Does `body` with a copy of the book in a folder of another name, without what the tool keeps and what version
    /// control does. The copy is gone afterwards.
    public func withCopy<Result>(_ body: (Book) async throws -> Result) async throws -> Result {
        let scratch = try Ephemera.shared.makeScratchFolder(in: Store(self).workshop)
        defer { Ephemera.shared.removeScratchFolder(scratch) }
        let copy = Book(root: (scratch / "another place").path)
        try copy.folder.createFolder()
        for name in folder.entries where !name.hasPrefix(".") { try copyTree(name, to: copy) }
        return try await body(copy)
    }

    /// Copies the file or folder at `path`, relative to the book's; files are linked where that can be done, because data
    /// may be large.
    private func copyTree(_ path: String, to copy: Book) throws(EngineError) {
        let (from, to) = (folder / path, copy.folder / path)
        guard let kind = from.status?.kind else { return }
        if kind == .folder {
            try to.createFolder()
            for name in from.entries { try copyTree(path + "/" + name, to: copy) }
        } else if link(from.path, to.path) != 0 {
            do {
                try FileManager.default.copyItem(atPath: from.path, toPath: to.path)
            } catch {
                throw EngineError(.write, file: to.path, cause: error.localizedDescription)
            }
        }
    }
}
