import Console
import Comparison
package import Crates
package import Engine
package import Notebook
import Wire

/// Verifies what a bundle states: its files, its records, its claims and, by running them again, its cells.
package struct BundleVerification {
    let bundle: ReceivedBundle
    /// What runs the notebooks again; `nil` where nothing is to be run.
    let rerun: RunVerification?

    package init(bundle: ReceivedBundle, rerun: RunVerification?) {
        self.bundle = bundle
        self.rerun = rerun
    }

    package func run() async throws -> Verification {
        var result = Verification()
        result.add(try files())
        let records = bundle.paths.map(\.description).filter { $0.hasSuffix("/record.json") || $0 == "record.json" }
        let board = ProgressBoard(total: records.count)
        defer { board.end() }
        if rerun != nil { try Store(bundle.book).prepare() }
        for path in records {
            let record = try ReceivedRecord(path, in: bundle)
            result.add(record.item)
            result.add(record.inputs(in: bundle))
            result.add(record.pictures(in: bundle))
            result.add(record.outputs(in: bundle))
            guard let rerun else {
                result.add(record.claims().map(\.item))
                continue
            }
            let (cells, found) = await rerun.items(of: record, showing: board)
            result.add(cells)
            if let digest = try found.flatMap({ try record.digest(whereEqualTo: $0, in: bundle) }) {
                result.rebuilt.append((path, digest))
            }
            result.add(record.claims().map { id, item in item.confirmed(by: found, claim: id, of: record.record) })
        }
        return result
    }

    /// Whether each file is what the crate's metadata says, and each is described there.
    private func files() throws -> [VerifiedItem] {
        guard let manifest = bundle.manifest else { return [] }
        let described = try manifest.files.map { file -> VerifiedItem in
            let name = file.path.description
            guard bundle.has(name) else { return VerifiedItem(.file, name, .different(["described, and not there"])) }
            guard let stated = file.sha256 else {
                return VerifiedItem(.file, name, .notVerified("its digest is not stated"))
            }
            let found = try (bundle.book.folder / name).digest()
            let words = "stated SHA-256 \(stated.prefix(12))…, found \(found.short)…"
            return VerifiedItem(.file, name, found.description == stated ? .exact : .different([words]))
        }
        let known = Set(manifest.files.map(\.path))
        // What states the digests cannot state its own, nor that of what signs it.
        let heads = [CrateMetadata.fileName, CrateMetadata.fileName + ".sig"]
        let others = bundle.paths.filter { !known.contains($0) && !heads.contains($0.description) }
        return described
            + others.map { VerifiedItem(.file, $0.description, .notVerified("the metadata does not describe it")) }
            + manifest.elsewhere.map {
                VerifiedItem(.file, $0, .notVerified("it lies elsewhere, and nothing is fetched"))
            }
    }
}

extension VerifiedItem {
    /// A claim that follows from what was recorded, held against what a run decided.
    fileprivate func confirmed(by found: Record?, claim id: String, of record: Record?) -> VerifiedItem {
        guard case .exact = outcome else { return self }
        let claims = { (record: Record?) in record?.cells.flatMap(\.claims).first { $0.id == id } }
        guard let found, let stated = claims(record) else {
            return VerifiedItem(
                kind, name, .notVerified("its verdict follows from what was recorded, and was not measured again"))
        }
        guard let decided = claims(found) else {
            return VerifiedItem(kind, name, .different(["recorded \(stated.verdict.rawValue), now not decided"]))
        }
        if decided == stated { return self }
        let words = "recorded \(stated.verdict.rawValue), now \(decided.verdict.rawValue)"
        return VerifiedItem(
            kind, name,
            decided.verdict == stated.verdict
                ? .withinTolerance([words + ", by other numbers, of which its cell tells"]) : .different([words]))
    }
}
