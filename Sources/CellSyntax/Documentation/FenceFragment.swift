import SwiftSyntax

/// Why a fence of documentation is not meant to be compiled as it stands.
public enum FenceFragment: String, Sendable {
    case manifest = "it is part of a package's manifest"
    case omission = "`...` stands for code that is left out"
    case signatures = "it shows declarations without their bodies"
}

extension FenceCode {
    /// What kind of fragment it is; `nil` where it looks like whole code.
    public var fragment: FenceFragment? {
        if code.contains("swift-tools-version") || imports.contains("PackageDescription")
            || code.firstMatch(
                of: /^\s*(let package = Package\(|\.package\(|\.product\(|\.target\(|dependencies: ?\[|targets: ?\[)/)
                != nil
        {
            return .manifest
        }
        if code.firstMatch(of: #/(?m)(^\s*(\.\.\.|…)\s*(//.*)?$|\{\s*(\.\.\.|…)\s*\})/#) != nil { return .omission }
        let finder = BodyFinder(viewMode: .all)
        finder.walk(tree)
        return finder.lacksBodies ? .signatures : nil
    }
}

/// Looks for declarations that outside of protocols have a body, and have none here.
private final class BodyFinder: SyntaxVisitor {
    private(set) var lacksBodies = false

    override func visit(_ node: ProtocolDeclSyntax) -> SyntaxVisitorContinueKind {
        _ = note(isMissing: node.memberBlock.leftBrace.presence == .missing)
        return .skipChildren
    }

    override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind { note(isMissing: node.body == nil) }

    override func visit(_ node: InitializerDeclSyntax) -> SyntaxVisitorContinueKind {
        note(isMissing: node.body == nil)
    }

    override func visit(_ node: SubscriptDeclSyntax) -> SyntaxVisitorContinueKind {
        note(isMissing: node.accessorBlock == nil || node.accessorBlock?.isOfRequirement == true)
    }

    override func visit(_ node: PatternBindingSyntax) -> SyntaxVisitorContinueKind {
        note(isMissing: node.accessorBlock?.isOfRequirement == true)
    }

    override func visit(_ node: StructDeclSyntax) -> SyntaxVisitorContinueKind {
        note(isMissing: node.memberBlock.leftBrace.presence == .missing)
    }

    override func visit(_ node: ExtensionDeclSyntax) -> SyntaxVisitorContinueKind {
        note(isMissing: node.memberBlock.leftBrace.presence == .missing)
    }

    private func note(isMissing: Bool) -> SyntaxVisitorContinueKind {
        lacksBodies = lacksBodies || isMissing
        return .visitChildren
    }
}

extension AccessorBlockSyntax {
    /// Whether it says `get` or `set` alone, as a protocol does.
    fileprivate var isOfRequirement: Bool {
        guard case .accessors(let accessors) = accessors else { return false }
        return accessors.contains { $0.body == nil }
    }
}
