import Notebook

/// Computes again what a store has of a planned notebook, from the sources alone, and compares.
package struct PlanChallenge {
    package let plan: Plan
    let book: Book
    let installation: Installation
    /// The store that is asked whether it is right.
    let store: Store
    /// An empty store that everything is made in.
    let fresh: Store

    /// What became of an entry.
    package enum Outcome: Sendable {
        case agrees
        /// The file, and what stands for its content in the store and in what was computed.
        case differs(file: String, kept: String, found: String)
        /// Why it could not be computed.
        case notComputed(String)
    }

    /// - Parameter folder: a new folder that nobody else can write in.
    package init(_ plan: Plan, book: Book, installation: Installation, store: Store, folder: RootedPath) {
        self.plan = plan
        self.book = book
        self.installation = installation
        self.store = store
        fresh = Store(at: folder)
    }

    /// Computes `entries` again, which are entries of the plan.
    package func run(
        _ entries: [SharedEntry], report: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> [(entry: SharedEntry, outcome: Outcome)] {
        try fresh.prepare()
        try fresh.keep(plan.units.map(UnitKey.init), basis: plan.basis)
        let obstacle: String?
        do throws(EngineError) {
            obstacle = try await compute(entries, report: report)
        } catch {
            obstacle = error.cause
        }
        return entries.map { entry in
            let outcome = compare(entry)
            guard case .notComputed = outcome, let obstacle else { return (entry, outcome) }
            return (entry, .notComputed(obstacle))
        }
    }

    /// - Returns: why not all could be computed.
    private func compute(
        _ entries: [SharedEntry], report: @escaping @Sendable (RunEvent) -> Void
    ) async throws(EngineError) -> String? {
        let run = NotebookRun(plan, book: book, installation: installation, store: fresh)
        if plan.importsPackages { return "its notebook's cells import packages, which are not built again" }
        if entries.contains(where: { $0.part == .records || $0.part == .figures }) {
            let record = try await run.record(report: report)
            try fresh.keep(record, of: plan)
            return record.failed ? "its notebook fails" : nil
        }
        let keys = Set(entries.filter { $0.part == .cells }.map(\.key))
        let units = plan.units
        guard let last = units.lastIndex(where: { keys.contains($0.key.description) }) else { return nil }
        let pipeline = BuildPipeline(units[...last], builder: run.builder(report: report))
        for await (unit, result) in pipeline.results {
            if case .failed(let error) = result { throw error }
            if case .stopped(let stop) = result { return "cell \(unit.number): \(stop.message)" }
        }
        return nil
    }

    // MARK: Comparing

    private func compare(_ entry: SharedEntry) -> Outcome {
        let names = store.names(of: entry)
        for name in names where name.isTheSameEverywhere {
            guard let bytes = try? (store.folder / name.path).read() else {
                return .differs(file: name.path, kept: "nothing that can be read", found: "an entry")
            }
            let kept = StoreManifest.Content(name, bytes)
            guard let found = found(name, like: kept) else { return .notComputed("the run gave no such entry") }
            if !found.agrees(with: kept) {
                return .differs(file: name.path, kept: kept.stated, found: found.stated)
            }
        }
        return entry.part == .cells ? compareUse(of: entry) : .agrees
    }

    /// What was computed and stands under `name`; a picture may have another file where zlib is another.
    private func found(_ name: SharedName, like kept: StoreManifest.Content) -> StoreManifest.Content? {
        if let bytes = try? (fresh.folder / name.path).read() { return StoreManifest.Content(name, bytes) }
        guard name.part == .figures else { return nil }
        for entry in fresh.figures.entries {
            guard let bytes = try? (fresh.figures / entry).read() else { continue }
            let other = StoreManifest.Content(name, bytes)
            if other.agrees(with: kept) { return other }
        }
        return nil
    }

    /// Compiles a cell against the modules that the store has of the cells before it. The compiler writes a module in other bytes
    /// each time, so that a module is held against what cells behind it become by it.
    private func compareUse(of entry: SharedEntry) -> Outcome {
        let units = plan.units
        guard let index = units.firstIndex(where: { $0.key.description == entry.key }) else {
            return .notComputed("the notebook has no such cell")
        }
        let seen = units[..<index].filter(\.isSeenLater)
        let earlier = seen.compactMap(store.compiled)
        // Without all of them, nothing was compiled by them.
        guard !earlier.isEmpty, earlier.count == seen.count else { return .agrees }
        let unit = units[index]
        let other = Store(at: fresh.folder / "use" / entry.key)
        guard (try? other.prepare()) != nil else { return .notComputed("there is no room for it") }
        let builder = NotebookRun(plan, book: book, installation: installation, store: other).builder { _ in }
        let time = TimeBudget(ofNotebook: builder.bounds.time)
        guard case .built = builder.build(unit, after: earlier, within: time) else {
            return .differs(
                file: "modules of the cells before \(entry.name)", kept: "modules by which it does not compile",
                found: "modules by which it does")
        }
        let library = SharedName(.cells, entry.key, .unit(file: unit.libraryName))
        let contents = [store, other].map { store in
            (try? (store.folder / library.path).read()).map { StoreManifest.Content(library, $0) }
        }
        guard let kept = contents[0], let made = contents[1], !kept.agrees(with: made) else { return .agrees }
        return .differs(
            file: "modules of the cells before \(entry.name)", kept: "what makes it \(made.stated)",
            found: "what makes it \(kept.stated)")
    }
}

extension StoreManifest.Content {
    /// What is compared of it.
    fileprivate var stated: String { meaning ?? sha256 }
}

extension Store {
    /// The files that an entry has here.
    func names(of entry: SharedEntry) -> [SharedName] {
        guard entry.part == .cells else {
            return [SharedName(entry.part, entry.key, entry.isOfCircumstances ? .circumstances : .whole)]
        }
        return (cells / entry.key).entries.compactMap { SharedName("\(entry.part.rawValue)/\(entry.key)/\($0)") }
    }

    /// The entries that the store has of a plan: its cells, its record with pictures and circumstances, and its keys.
    package func sharedEntries(of plan: Plan) -> Set<SharedEntry> {
        let key = plan.key.description
        var names = [
            SharedName(.records, key), SharedName(.records, key, .circumstances), SharedName(.plans, plan.basis),
        ]
        names += plan.unitKeys.map { SharedName(.cells, $0.key, .unit(file: Store.note)) }
        if let kept = SealedFile.read(Kept.self, from: records / "\(key).json") {
            names += Set(kept.pictures.values).filter(SharedName.isDigest).map { SharedName(.figures, $0) }
        }
        return Set(names.filter { (folder / $0.path).exists }.map(SharedEntry.init))
    }
}
