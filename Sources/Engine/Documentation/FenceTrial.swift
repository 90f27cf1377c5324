import CellSyntax
import Foundation
import Notebook

/// One way to compile a fence and to run it, and what is to come of that.
struct FenceTrial {
    let fence: DocumentFence
    let code: FenceCode
    let program: FenceProgram
    /// The document.
    let source: SourceLines

    /// Whether an error is what it is to show.
    var isToFail: Bool { fence.labels.contains(.error) || !code.expectedErrors.isEmpty }

    func report() throws(EngineError) -> FenceReport {
        var report = FenceReport(fence: fence, verdict: .holds)
        let end = try end()
        switch end {
        case .refused(let output): report.verdict = refusal(output)
        case .stopped(let reason): report.verdict = .failed(fence.problem(reason))
        case .compiled, .finished: if isToFail { report.verdict = .failed(fence.problem(unexpectedSuccess)) }
        case .failed(let output, let signal, let status): report.verdict = failure(output, signal, status)
        }
        if case .holds = report.verdict, let output = end.output {
            let comparison = FenceComparison(
                fence, in: source, claims: code.claims, output: ProgramOutput(output))
            report.compared = comparison.compared
            if !comparison.differences.isEmpty { report.verdict = .differs(comparison.differences) }
        }
        return report
    }

    /// Runs the program with all claims that its compiler takes.
    private func end() throws(EngineError) -> FenceProgram.End {
        var claims = program.hasMain || program.isOnlyCompiled ? [] : Set(code.claims.indices)
        while true {
            let end = try program.end(telling: claims)
            guard case .refused(let output) = end, !claims.isEmpty else { return end }
            let blamed = FenceCode.claims(blamedIn: output).intersection(claims)
            // What stands in the way of reading a claim is no fault of the code.
            claims = blamed.isEmpty ? [] : claims.subtracting(blamed)
        }
    }

    private var unexpectedSuccess: String {
        code.expectedErrors.isEmpty
            ? "it is to end with an error, and compiles and runs" : "a comment names an error, and there is none"
    }
}

// MARK: Errors

extension FenceTrial {
    private func refusal(_ output: String) -> FenceReport.Verdict {
        let errors = errors(in: output)
        if fence.labels.contains(.error) { return .holds }
        let expected = code.expectedErrors.filter { !$0.isOfRun }
        guard !expected.isEmpty else { return .uncompiled(errors) }
        let lines = expected.map { fence.codeLine + $0.line - 1 }
        let unnamed = errors.filter { !lines.contains($0.position.line) }
        guard unnamed.isEmpty else { return .uncompiled(unnamed) }
        let differences = zip(expected, lines).compactMap { expected, line -> FenceDifference? in
            let found = errors.filter { $0.position.line == line }.map(\.message)
            guard !found.contains(where: { FenceTrial.agree(expected.text, $0) }) else { return nil }
            return FenceDifference(
                line: line, subject: "the error", said: expected.text, given: found.first ?? "none", cures: [])
        }
        return differences.isEmpty ? .holds : .differs(differences)
    }

    private func failure(_ output: String, _ signal: Int32?, _ status: Int32?) -> FenceReport.Verdict {
        let fatal = output.split(separator: "\n").compactMap { line in
            line.firstMatch(
                of: /([^\s\/]+):(\d+): (?:Fatal error|Precondition failed|Assertion failed)(?:: (.*))?$/)
        }.last
        let message = fatal.flatMap { $0.3 }.map(String.init) ?? ""
        if fence.labels.contains(.error) { return .holds }
        if let expected = code.expectedErrors.first(where: \.isOfRun) {
            guard !FenceTrial.agree(expected.text, message) else { return .holds }
            let line = fence.codeLine + expected.line - 1
            return .differs([
                FenceDifference(
                    line: line, subject: "the runtime error", said: expected.text, given: message, cures: [])
            ])
        }
        var problem = fence.problem(
            status.map { "the program ends with status \($0)" } ?? "the program crashes: \(message)")
        if let fatal, fatal.1.hasSuffix(FenceProgram.file), let line = Int(fatal.2) {
            problem.position = SourcePosition(line: line, column: 1)
        } else if signal == SIGSEGV || signal == SIGBUS {
            problem.message = "the program crashes: it reaches memory that is not its own"
        }
        return .failed(problem)
    }

    /// Whether a comment says of an error what its message says: the beginning, whatever the quotation marks.
    private static func agree(_ said: String, _ message: String) -> Bool {
        let plain = { (text: String) in text.lowercased().replacing(/['`‘’“”"]/, with: "") }
        let words = plain(said).replacing(/(\.\.\.|…)$/, with: "")
        return words.isEmpty || plain(message).contains(words)
    }

    /// The errors in the compiler's output, at the document's lines and columns.
    private func errors(in output: String) -> [Diagnostic] {
        var found: [Diagnostic] = []
        for line in output.split(separator: "\n") {
            guard let match = line.wholeMatch(of: /(.+?):(\d+):(\d+): error: (.*)/), let number = Int(match.2),
                let column = Int(match.3)
            else { continue }
            let isOwn = match.1.hasSuffix(FenceProgram.file)
            let position = SourcePosition(line: number, column: column + fence.margin.utf8.count)
            let error = Diagnostic(
                .error, at: isOwn ? position : SourcePosition(line: fence.lines.lowerBound),
                String(match.4.replacing(#/ \[#[A-Za-z-]+\]$/#, with: "")))
            if !found.contains(error) { found.append(error) }
        }
        let failure = "the Swift compiler itself failed: \(CompilerOutput.gist(of: output))"
        return found.isEmpty ? [fence.problem(failure)] : found
    }
}
