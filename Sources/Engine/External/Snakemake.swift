import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// The workflow engine Snakemake, as this machine has it.
public struct Snakemake: Sendable {
    private let program: String

    /// - Throws: where it is not on the `PATH`.
    public init() throws(EngineError) {
        guard let program = SearchPath.find("snakemake") else {
            throw EngineError(
                .find, file: "snakemake", cause: "it is not on the PATH; install it with `pip install snakemake`")
        }
        self.program = program
    }

    /// Carries out a workflow and waits for its end. All that it says goes to standard error.
    ///
    /// With `SNAKEMAKE_PROFILE`, where and how many at once the jobs run is the profile's matter; otherwise it is as many as this
    /// machine has processors.
    ///
    /// - Parameters:
    ///   - folder: where the workflow's paths begin.
    ///   - settings: the workflow's configuration.
    /// - Throws: where a job failed, after its retries.
    public func run(_ workflow: String, in folder: String, settings: [String: String]) async throws(EngineError) {
        let environment = ProcessInfo.processInfo.environment
        let extent = environment["SNAKEMAKE_PROFILE"] == nil ? ["--cores", "all"] : []
        // A part that is carried out twice does no harm, so that a lock which a killed engine left needs not be waited for.
        let arguments =
            ["--snakefile", workflow, "--directory", folder, "--rerun-incomplete", "--nolock"] + extent
            + ["--config"] + settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let program = program
        let result = await blocking { () -> Result<ProcessEnd, EngineError> in
            do throws(EngineError) {
                return .success(try Snakemake.end(of: program, arguments, environment))
            } catch {
                return .failure(error)
            }
        }
        guard try result.get() == .exited(status: 0) else {
            throw EngineError(
                .carryOut, file: workflow,
                cause: "snakemake says above which part failed; the same command goes on where this one was")
        }
    }

    private static func end(
        of program: String, _ arguments: [String], _ environment: [String: String]
    ) throws(EngineError) -> ProcessEnd {
        let (null, said) = (raised(open("/dev/null", O_RDWR | O_CLOEXEC)), raised(dup(STDERR_FILENO)))
        defer { [null, said].forEach { close($0) } }
        let child = try ChildProcess(
            program, arguments: arguments, environment: environment, descriptors: [(null, 0), (said, 1), (said, 2)])
        return child.wait()
    }
}
