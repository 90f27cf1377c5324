import SwiftSyntax

/// The code of a fence of documentation, with what its comments claim.
public struct FenceCode: Sendable {
    let code: String
    let tree: SourceFileSyntax
    /// In the order of their lines.
    public let claims: [FenceClaim]

    /// Parses a fence's code, and reads the claims in its comments.
    public init(_ code: String) {
        self.code = code
        tree = ParsedCode.tree(of: code)
        claims = FenceCode.claims(of: code, tree)
    }

    /// The modules that it imports.
    public var imports: [String] {
        tree.statements.compactMap { $0.item.as(ImportDeclSyntax.self)?.path.first?.name.text }
    }

    /// Whether it is a program of its own, which begins at a type with `@main`.
    public var hasMain: Bool {
        tree.statements.contains { item in
            item.item.asProtocol((any WithAttributesSyntax).self)?.attributes.contains {
                $0.as(AttributeSyntax.self)?.attributeName.trimmedDescription == "main"
            } ?? false
        }
    }

    /// Whether nothing of it is run when it is.
    public var onlyDeclares: Bool {
        tree.statements.allSatisfy { item in
            guard let variable = item.item.as(VariableDeclSyntax.self) else { return item.item.is(DeclSyntax.self) }
            // A wrapper belongs to a type's member.
            return !variable.attributes.isEmpty
        }
    }
}

/// An error that a comment in documentation names: `// error: no such thing`.
public struct ExpectedError: Hashable, Sendable {
    /// The line in the fence's code, counted from 1.
    public let line: Int
    /// How the message begins; empty where any is right.
    public let text: String
    /// Whether it ends the program, rather than being the compiler's.
    public let isOfRun: Bool
}

// MARK: What it claims

extension FenceCode {
    /// The code with the lines that are to give an error left empty.
    public var withoutExpectedErrors: String {
        let wrong = Set(expectedErrors.map(\.line))
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { wrong.contains($0.offset + 1) ? "" : String($0.element) }.joined(
            separator: "\n")
    }

    /// The errors that comments at the ends of lines name.
    public var expectedErrors: [ExpectedError] {
        code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { index, line in
            guard let match = line.firstMatch(of: /\S.*\/\/\s*([Rr]untime )?[Ee]rror(?::\s*(.*?))?\s*$/) else {
                return nil
            }
            return ExpectedError(line: index + 1, text: String(match.2 ?? ""), isOfRun: match.1 != nil)
        }
    }
}

extension FenceCode {
    private static func claims(of code: String, _ tree: SourceFileSyntax) -> [FenceClaim] {
        let bytes = Array(code.utf8)
        let items = Array(tree.statements)
        return items.enumerated().flatMap { index, item in
            let start = item.endPositionBeforeTrailingTrivia.utf8Offset
            let end =
                index + 1 < items.count
                ? items[index + 1].positionAfterSkippingLeadingTrivia.utf8Offset
                : tree.endOfFileToken.positionAfterSkippingLeadingTrivia.utf8Offset
            guard start < end else { return [FenceClaim]() }
            let line = 1 + bytes[..<start].count { $0 == UInt8(ascii: "\n") }
            let between = String(decoding: bytes[start..<end], as: UTF8.self)
            let (comments, isTrailing) = comments(in: between, from: line)
            var reader = ClaimReader(comments, isTrailing: isTrailing, statement: kind(of: item))
            return reader.read().map { claim in
                var claim = claim
                claim.statement = index
                return claim
            }
        }
    }

    /// The comments in what stands between two statements, without their marks.
    private static func comments(
        in between: String, from line: Int
    ) -> (comments: [FenceClaim.Part], isTrailing: Bool) {
        var comments: [FenceClaim.Part] = []
        let lines = between.split(separator: "\n", omittingEmptySubsequences: false)
        for (offset, text) in lines.enumerated() {
            let words = text.trimmingPrefix { $0.isWhitespace }
            guard words.hasPrefix("//"), !words.hasPrefix("///") else { continue }
            let said = words.dropFirst(2).trimmingPrefix(#/\s/#)
            comments.append(.init(line: line + offset, text: String(said.replacing(/\s+$/, with: ""))))
        }
        return (comments, comments.first?.line == line)
    }

    private static func kind(of item: CodeBlockItemSyntax) -> ClaimReader.Statement {
        if let variable = item.item.as(VariableDeclSyntax.self) {
            return name(boundBy: variable) == nil ? .other : .bindsValue
        }
        if item.item.is(DeclSyntax.self) { return .other }
        if item.item.is(StmtSyntax.self) { return .prints }
        guard let expression = item.item.as(ExprSyntax.self) else { return .prints }
        if let call = expression.as(FunctionCallExprSyntax.self),
            ["print", "debugPrint", "dump"].contains(call.calledExpression.trimmedDescription)
        {
            return .prints
        }
        return CellSource.hasValue(expression) ? .hasValue : .prints
    }

    private static func name(boundBy variable: VariableDeclSyntax) -> String? {
        guard variable.bindings.count == 1, let binding = variable.bindings.first, binding.initializer != nil else {
            return nil
        }
        return binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
    }
}

// MARK: The program that tells whether that is so

extension FenceCode {
    /// The declarations that ``instrumented(claims:file:line:)`` uses.
    public static let support = """
        func __kdbook_mark(_ name: String) { print("\\u{1}\\(name)") }
        func __kdbook_value<Value>(_ number: Int, _ value: Value) {
            if Value.self == Void.self { return }
            var value: Any = value
            while Mirror(reflecting: value).displayStyle == .optional,
                let inner = Mirror(reflecting: value).children.first?.value { value = inner }
            let type = "\\(type(of: value))"
            let order = type.hasPrefix("Dictionary<") || type.hasPrefix("Set<") ? "any" : "own"
            let elements = (value as? any Collection).map { __kdbook_elements($0) } ?? ""
            let words = [String(describing: value), String(reflecting: value), elements].map {
                $0.map { $0 == "\\n" ? "\\u{3}" : "\\($0)" }.joined()
            }
            __kdbook_mark("value \\(number) \\(order)\\u{2}\\(words.joined(separator: "\\u{2}"))")
        }
        func __kdbook_elements<Elements: Collection>(_ elements: Elements) -> String {
            String(reflecting: Array(elements.prefix(1000)))
        }

        """

    /// The code with what tells of each claim, in its order: `mark` before and behind what prints, `value` of what has one.
    ///
    /// - Parameters:
    ///   - claims: the numbers of those that are asked for.
    ///   - file: what the compiler is to call it.
    ///   - line: the number of its first line.
    public func instrumented(claims asked: Set<Int>, file: String, line: Int) -> String {
        var edits = CellEdits(code: code, file: file, firstLine: line)
        for (index, item) in tree.statements.enumerated() {
            let own = claims.enumerated().filter { $0.element.statement == index && asked.contains($0.offset) }
            guard !own.isEmpty else { continue }
            let start = item.positionAfterSkippingLeadingTrivia.utf8Offset
            let end = item.endPositionBeforeTrailingTrivia.utf8Offset
            let isPrinting = own.contains { $0.element.subject == .output }
            if isPrinting { edits.put("__kdbook_mark(\"begin \(index)\")", before: start) }
            var behind = isPrinting ? ["__kdbook_mark(\"end \(index)\")"] : []
            for (number, claim) in own {
                guard let name = subject(of: claim, item) else { continue }
                if name == FenceCode.nameOfValue { edits.put("let \(name)\(index) =", before: start) }
                behind.append("__kdbook_value(\(number), \(name == FenceCode.nameOfValue ? "\(name)\(index)" : name))")
            }
            edits.put(behind.joined(separator: "; "), behind: end)
        }
        return edits.result.text
    }

    private static let nameOfValue = "__kdbook_own"

    private func subject(of claim: FenceClaim, _ item: CodeBlockItemSyntax) -> String? {
        switch claim.subject {
        case .output: nil
        case .named(let expression): expression
        case .value:
            item.item.as(VariableDeclSyntax.self).flatMap(FenceCode.name) ?? FenceCode.nameOfValue
        }
    }

    /// The claims that a compiler's output is about.
    public static func claims(blamedIn output: String) -> Set<Int> {
        Set(output.matches(of: /__kdbook_value\((\d+)/).compactMap { Int($0.1) })
    }
}
