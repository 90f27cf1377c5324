import Notebook

/// Compiles the units of one notebook, one after another, because each needs those before it; a run takes them as
/// they come. So a notebook never has more than one compiler at work.
struct BuildPipeline: Sendable {
    /// The units in order; ends behind one after which the run cannot go on.
    let results: AsyncStream<(unit: CompilationUnit, result: BuildResult)>
    private let work: Task<Void, Never>
    private let interruption = Interruption()

    /// - Parameter earlier: what the units before these were compiled to.
    init(_ units: ArraySlice<CompilationUnit>, after earlier: [CompiledUnit] = [], builder: CellBuilder) {
        let (stream, continuation) = AsyncStream.makeStream(of: (unit: CompilationUnit, result: BuildResult).self)
        results = stream
        work = Task { [interruption] in
            var compiled = earlier
            let time = TimeBudget(ofNotebook: builder.bounds.time)
            for unit in units where !Task.isCancelled {
                let result = await blocking { [compiled] in
                    builder.build(unit, after: compiled, within: time, interruption: interruption)
                }
                continuation.yield((unit, result))
                // What no cell after it sees need not compile: a cell that is to fail, inline values.
                if !unit.isSeenLater { continue }
                guard case .built(let built) = result else { break }
                compiled.append(built)
            }
            continuation.finish()
        }
    }

    /// Whether the compiler was ended: what is said of the unit that it was at is no fault of that unit.
    var isInterrupted: Bool { interruption.isAsked }

    /// Starts nothing more, and ends the compiler that is at work: nobody wants what it compiles.
    func interrupt() {
        work.cancel()
        interruption.ask()
    }

    /// Starts nothing more, and waits until the compiler that is at work has ended.
    func end() async {
        interrupt()
        await work.value
    }
}
