extension SharedModule {
    /// Why the module cannot be compiled, from what the compiler said: each error at its file and line.
    func failure(in output: String) -> EngineError {
        var errors: [(place: String, message: String)] = []
        for line in output.split(separator: "\n") {
            guard let match = line.firstMatch(of: /^(.+:\d+:\d+): error: (.*)$/),
                files.contains(where: { match.1.hasPrefix($0.path + ":") }),
                !errors.contains(where: { $0.place == match.1 && $0.message == match.2 })
            else { continue }
            let message = match.2.replacing(#/ \[#[A-Za-z-]+\]$/#, with: "")
            errors.append((String(match.1), String(message)))
        }
        guard let first = errors.first else {
            let gist = CompilerOutput.gist(of: output)
            return EngineError(
                .compile, file: "\(SharedCode.folder)/\(name)", cause: "the Swift compiler itself failed: \(gist)")
        }
        let phase = EngineError.Phase.compile
        let rest = errors.dropFirst().map { "\n\($0.place): error: \(phase.rawValue): \($0.message)" }
        return EngineError(phase, file: first.place, cause: first.message + rest.joined())
    }
}
