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
        let own = package.module(of: path).map { [$0] }
        imports = own ?? package.description.modules.filter { !$0.hasPrefix("_") }
    }

    /// What became of each fence, in order.
    public func run() async throws(EngineError) -> [FenceReport] {
        let result: Result<[FenceReport], EngineError> = await blocking {
            do throws(EngineError) { return .success(try reports()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func reports() throws(EngineError) -> [FenceReport] {
        var above: [FenceProgram.Piece] = []
        var reports: [FenceReport] = []
        for fence in fences {
            let (report, pieces) = try report(on: fence, behind: above)
            if let pieces { above = pieces }
            reports.append(report)
        }
        return reports
    }

    /// - Returns: also what a fence below may go on from, where this one compiles.
    private func report(
        on fence: DocumentFence, behind above: [FenceProgram.Piece]
    ) throws(EngineError) -> (FenceReport, [FenceProgram.Piece]?) {
        if let word = fence.unknownLabels.first {
            let known = FenceLabel.allCases.map(\.rawValue).joined(separator: ", ")
            let problem = fence.problem("there is no label `\(word)`; known are \(known)")
            return (FenceReport(fence: fence, verdict: .failed(problem)), nil)
        }
        let piece = FenceProgram.Piece(code: fence.code.map { $0 + "\n" }.joined(), line: fence.codeLine)
        let code = FenceCode(piece.code)
        guard !fence.labels.contains(.skip), !code.isManifest else {
            return (FenceReport(fence: fence, verdict: .skipped), nil)
        }
        let alone = try trial(of: fence, code, [piece])
        if fence.labels.contains(.continues) {
            let (report, pieces) = (try trial(of: fence, code, above + [piece]).report(), above + [piece])
            return (report, report.isUncompiled ? nil : pieces)
        }
        let report = try alone.report()
        guard report.isUncompiled else { return (report, code.hasMain || alone.isToFail ? nil : [piece]) }
        guard !above.isEmpty, !fence.labels.contains(.alone) else { return (report, nil) }
        // Documents are read from the top: what a fence lacks, one above may have.
        let behind = try trial(of: fence, code, above + [piece]).report()
        return behind.isUncompiled ? (report, nil) : (behind, above + [piece])
    }

    private func trial(
        of fence: DocumentFence, _ code: FenceCode, _ pieces: [FenceProgram.Piece]
    ) throws(EngineError) -> FenceTrial {
        let named = Set(pieces.flatMap { FenceCode($0.code).imports })
        let own = named.isDisjoint(with: package.description.modules) ? imports : []
        let program = FenceProgram(
            package: package, imports: own + further, pieces: pieces, hasMain: code.hasMain,
            isOnlyCompiled: code.hasMain || fence.labels.contains(.compile) || pieces.count == 1 && code.onlyDeclares)
        return FenceTrial(fence: fence, code: code, program: program, source: source)
    }
}

extension FenceReport {
    /// Whether a compiler refused it though nothing says so.
    var isUncompiled: Bool { if case .uncompiled = verdict { true } else { false } }
}

extension DocumentFence {
    /// Something about the fence as a whole.
    func problem(_ message: String) -> Diagnostic {
        Diagnostic(.error, at: SourcePosition(line: lines.lowerBound, column: margin.utf8.count + 1), message)
    }
}
