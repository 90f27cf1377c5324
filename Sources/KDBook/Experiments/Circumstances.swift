import Foundation
import Wire

extension Experiment.Circumstances {
    /// Those that the engine, or whoever runs the notebook as an ordinary program, asks for by `KDBOOK_RESULTS` and `KDBOOK_SHARD`.
    static var current: Experiment.Circumstances {
        let environment = ProcessInfo.processInfo.environment
        return Experiment.Circumstances(
            folder: environment[KernelEnvironment.results],
            shard: environment[KernelEnvironment.shard].flatMap(Shard.init),
            code: (environment[KernelEnvironment.inputs] ?? "") + " " + Page.current.code)
    }
}
