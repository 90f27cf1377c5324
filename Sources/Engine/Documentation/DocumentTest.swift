import CellSyntax
import Foundation
import Notebook

/// Tests the fences of Swift in one document.
public struct DocumentTest: Sendable {
    private let package: DocumentedPackage
    private let source: SourceLines
    private let fences: [DocumentFence]
    /// The modules that a fence imports which imports none of the package itself.
    private let imports: [String]
    /// The modules that every fence imports besides.
    private let further: [String]

    /// - Parameters:
    ///   - path: where the document lies, from the package's folder.
    ///   - further: modules that every fence imports besides the package's.
    public init(_ text: String, path: String, package: DocumentedPackage, importing further: [String] = []) {
        self.package = package
        self.further = further
        source = SourceLines(text)
        fences = DocumentFence.all(in: text, isSource: path.hasSuffix(".swift"))
        imports = package.modules(for: path)
    }

    /// What became of each fence, in order.
    public func run() async throws(EngineError) -> [FenceReport] {
        let result: Result<[FenceReport], EngineError> = await blocking {
            do throws(EngineError) { return .success(try reports()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func reports() throws(EngineError) -> [FenceReport] {
        var others = OtherFences(declarations: declarations)
        var reports: [FenceReport] = []
        for fence in fences {
            let (report, program) = try report(on: fence, beside: others)
            if let program { others.add(program) }
            reports.append(report)
        }
        return reports
    }

    /// The fences that only declare.
    private var declarations: [FenceProgram.Piece] {
        fences.compactMap { fence in
            let piece = FenceProgram.Piece(fence)
            let code = FenceCode(piece.code)
            let isWhole = fence.labels.isDisjoint(with: [.skip, .error]) && code.fragment == nil
            return isWhole && code.onlyDeclares ? piece : nil
        }
    }

    /// - Returns: also the program that it became, where a fence below may go on from it.
    private func report(
        on fence: DocumentFence, beside others: OtherFences
    ) throws(EngineError) -> (FenceReport, [FenceProgram.Piece]?) {
        if let word = fence.unknownLabels.first {
            let known = FenceLabel.allCases.map(\.rawValue).joined(separator: ", ")
            let problem = fence.problem("there is no label `\(word)`; known are \(known)")
            return (FenceReport(fence: fence, verdict: .failed(problem)), nil)
        }
        let piece = FenceProgram.Piece(fence)
        let code = FenceCode(piece.code)
        if fence.labels.contains(.skip) { return (FenceReport(fence: fence, verdict: .skipped(nil)), nil) }
        if fence.labels.isEmpty, let fragment = code.fragment {
            return (FenceReport(fence: fence, verdict: .skipped(fragment.rawValue)), nil)
        }
        let (report, program) = try report(on: fence, code, piece, beside: others)
        guard let program, fence.labels.isDisjoint(with: [.error]), !code.expectedErrors.isEmpty else {
            return (report, code.hasMain || fence.labels.contains(.error) ? nil : program)
        }
        // The rest of it holds without the lines whose errors were seen.
        let rest = FenceProgram.Piece(code: code.withoutExpectedErrors, line: piece.line)
        var without = try trial(of: fence, FenceCode(rest.code), program.dropLast() + [rest]).report()
        guard !without.isUncompiled else { return (report, nil) }
        without.compared += 1
        if case .holds = report.verdict { return (without, program.dropLast() + [rest]) }
        return (report, program.dropLast() + [rest])
    }

    /// Finds what the fence compiles with: itself, what it lacks of the fences above, or a type around it.
    private func report(
        on fence: DocumentFence, _ code: FenceCode, _ piece: FenceProgram.Piece, beside others: OtherFences
    ) throws(EngineError) -> (FenceReport, [FenceProgram.Piece]?) {
        var program = fence.labels.contains(.continues) ? others.last + [piece] : [piece]
        var report = try trial(of: fence, code, program).report()
        let mayGoOn = fence.labels.isDisjoint(with: [.continues, .alone])
        while mayGoOn, case .uncompiled(let errors) = report.verdict {
            let needed = others.adding(DocumentTest.missing(errors), to: program)
            guard needed != program else { break }
            program = needed
            let next = try trial(of: fence, code, program).report()
            if next.isUncompiled, !next.isAboutItsFence { break }
            report = next
        }
        guard report.isUncompiled else { return (report, program) }
        if code.onlyDeclares {
            let members = FenceProgram.Piece(code: piece.code, line: piece.line, isOfMembers: true)
            let within = try trial(of: fence, code, [members]).report()
            if !within.isUncompiled { return (within, nil) }
        }
        return (report, nil)
    }

    /// The names that a compiler did not find.
    private static func missing(_ errors: [Diagnostic]) -> [String] {
        errors.compactMap { error in
            error.message.firstMatch(
                of: /cannot find (?:type )?'(\w+)' in scope|has no member '(\w+)'|'(\w+)' is not a member/
            )
            .flatMap { $0.1 ?? $0.2 ?? $0.3 }.map(String.init)
        }
    }

    private func trial(
        of fence: DocumentFence, _ code: FenceCode, _ pieces: [FenceProgram.Piece]
    ) -> FenceTrial {
        let named = Set(pieces.flatMap { FenceCode($0.code).imports })
        let own = named.isDisjoint(with: package.description.modules) ? imports : []
        let program = FenceProgram(
            package: package, imports: own + further, pieces: pieces,
            hasMain: pieces.contains { FenceCode($0.code).hasMain },
            isOnlyCompiled: pieces.contains { FenceCode($0.code).hasMain } || code.onlyDeclares
                || fence.labels.contains(.compile))
        return FenceTrial(fence: fence, code: code, program: program, source: source)
    }
}

extension FenceReport {
    /// Whether a compiler refused it though nothing says so.
    var isUncompiled: Bool { if case .uncompiled = verdict { true } else { false } }

    /// Whether a compiler's first error is in its own lines, and not that another fence declares the same.
    fileprivate var isAboutItsFence: Bool {
        guard case .uncompiled(let errors) = verdict, let first = errors.first else { return false }
        return fence.lines.contains(first.position.line) && !first.message.hasPrefix("invalid redeclaration")
    }
}

extension DocumentFence {
    /// Something about the fence as a whole.
    func problem(_ message: String) -> Diagnostic {
        Diagnostic(.error, at: SourcePosition(line: lines.lowerBound, column: margin.utf8.count + 1), message)
    }
}
