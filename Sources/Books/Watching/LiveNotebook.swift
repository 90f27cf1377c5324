import Engine
import Foundation
import Live
import Notebook
import Publishing
import Synchronization
import Wire

/// A notebook of a watched book: the process that runs it, and what its open pages show meanwhile.
final class LiveNotebook: Sendable {
    let name: String
    let run: LiveRun
    private let book: Book
    private let watch: @Sendable ([String]) -> Void
    let tell: @Sendable (LiveMessage) -> Void
    let state: Mutex<State>
    /// Its figures, which are drawn anew only where they have changed.
    let drawings = FigureDrawings()

    /// A page as it was woven last, finished or not.
    struct Woven {
        let notebook: Notebook
        let plan: Plan?
        var record: Record
    }

    struct State {
        /// The text when the book was opened, to compare with what it becomes.
        let text: String
        let record: RootedPath
        var woven: Woven?
        var updates = 0
        var running: [Int: Task<Void, Never>] = [:]
        /// The page's files while a run goes on: the folder still has those of the run before.
        var draft: [String: [UInt8]] = [:]
        /// The files of pictures whose page is not written yet, by their path.
        var pictures: [String: String] = [:]
        var activities: [Int: Activity] = [:]
        var firstError: Int?
        var hasFailed = false
        var note: String?
        /// What the page was made from, when it was made last.
        var basis: String?
        /// The files that its cells may read.
        var inputs: Set<String> = []

        mutating func forgetRun() {
            (activities, firstError, hasFailed, note) = ([:], nil, false, nil)
        }
    }

    struct Activity {
        var kind: LiveState.Activity.Kind
        var began = ContinuousClock.now
        var progress: String?
    }

    /// - Parameters:
    ///   - text: the notebook as it stands.
    ///   - record: where the record of its page lies.
    ///   - watch: takes what is to be watched besides: absolute paths.
    init(
        _ name: String, of book: Book, text: String, record: RootedPath, run: LiveRun,
        watch: @escaping @Sendable ([String]) -> Void, tell: @escaping @Sendable (LiveMessage) -> Void
    ) {
        self.name = name
        self.book = book
        self.run = run
        self.watch = watch
        self.tell = tell
        state = Mutex(State(text: text, record: record))
    }

    /// A file of its page that is not in the output folder, or is newer than there.
    func file(_ path: String, in store: Store) -> [UInt8]? {
        let (draft, picture) = state.withLock { ($0.draft[path], $0.pictures[path]) }
        return draft ?? picture.flatMap { try? store.picture($0).read() }
    }

    /// How far it is.
    var liveState: LiveState {
        let now = ContinuousClock.now
        return state.withLock { state in
            let activities = state.activities.sorted { $0.key < $1.key }.map { cell, activity in
                LiveState.Activity(
                    cell: cell, kind: activity.kind,
                    seconds: activity.kind == .waiting ? 0 : (now - activity.began) / .seconds(1),
                    progress: activity.progress)
            }
            return LiveState(
                phase: !activities.isEmpty ? .running : state.hasFailed ? .failed : .upToDate,
                activities: activities, firstError: state.firstError, note: state.note,
                cells: state.woven?.notebook.cells.count)
        }
    }

    func tellState() { tell(.state(page: name, liveState)) }
}

// Updates, one after another.
extension LiveNotebook {
    /// Begins an update, where there is anything new.
    ///
    /// - Parameter basis: stands for all that the page is made from, but for the inputs.
    /// - Returns: the task that carries it out; `nil` where the page was made from just that.
    func update(
        basis: String, isTouched: Bool, _ work: @escaping @Sendable (LiveUpdate) async -> Void
    ) -> Task<Void, Never>? {
        state.withLock { state in
            guard state.basis != basis || isTouched else { return nil }
            state.basis = basis
            state.updates += 1
            let update = LiveUpdate(notebook: self, number: state.updates)
            let task = Task { [self] in
                await work(update)
                self.state.withLock { $0.running[update.number] = nil }
                tellState()
            }
            state.running[update.number] = task
            return task
        }
    }

    /// Takes note of what its page was made from, where it was up to date from the beginning.
    func note(basis: String, inputs: [String]) {
        let isNew = state.withLock { state in
            defer { state.basis = state.basis ?? basis }
            return state.basis == nil
        }
        if isNew { watchInputs(inputs) }
    }

    /// Takes note of what its cells may read, and has it watched.
    func watchInputs(_ declared: [String]) {
        let paths = declared.map(book.absolute)
        state.withLock { $0.inputs = Set(paths) }
        watch(paths)
    }

    /// Shows why the page could not be brought up to date.
    func giveUp(_ reason: String) {
        state.withLock { state in
            state.forgetRun()
            (state.draft, state.pictures, state.basis) = ([:], [:], nil)
            state.hasFailed = true
            state.note = VisibleText(reason).description
        }
        tell(.changed(page: name))
        tellState()
    }

    /// Whether one of these files is among what its cells read.
    func reads(anyOf paths: Set<String>) -> Bool {
        state.withLock { state in
            paths.contains { path in
                state.inputs.contains { path == $0 || path.hasPrefix($0 + "/") || $0.hasPrefix(path + "/") }
            }
        }
    }

    func isLatest(_ number: Int) -> Bool { state.withLock { $0.updates == number } }

    func waitForUpdates(before number: Int) async {
        let earlier = state.withLock { $0.running.filter { $0.key < number }.map(\.value) }
        for task in earlier { await task.value }
    }
}
