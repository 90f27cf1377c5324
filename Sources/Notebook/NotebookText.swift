/// The text of a notebook, with the files that it includes in the place of the lines that name them.
///
/// A line `{{< include _setup.md >}}`, as Quarto has it, stands for the prose and the cells of that file. They are the notebook's own
/// from there on, so that nothing else knows of files: only messages name them.
public struct NotebookText: Sendable, Hashable {
    /// All of it.
    public let text: String
    /// The names of the files that it includes, in order.
    public let includes: [String]
    /// What is wrong with lines that include.
    let problems: [Diagnostic]
    /// Where each line comes from; empty where all are the notebook's own.
    let origins: [LineOrigin]

    /// A notebook that includes nothing.
    public init(_ text: String) {
        (self.text, includes, problems, origins) = (text, [], [], [])
    }

    /// A text whose lines come from where they came from before.
    init(_ text: String, origins: [LineOrigin]) {
        (self.text, includes, problems, self.origins) = (text, [], [], origins)
    }

    /// - Parameter read: the text of a file, or why it cannot be had.
    public init(_ text: String, including read: (String) -> Result<String, IncludeProblem>) {
        var assembly = NotebookAssembly(text)
        if text.contains("{{<") { assembly.includeAll(read) }
        guard !assembly.includes.isEmpty || !assembly.problems.isEmpty else {
            self.init(text)
            return
        }
        self.init(assembly)
    }

    private init(_ assembly: NotebookAssembly) {
        (text, includes, problems, origins) = (assembly.text, assembly.includes, assembly.problems, assembly.origins)
    }

    /// What the names of files begin with that are included, and are no notebooks.
    public static let prefix = "_"
}

/// Why a file cannot be included.
public struct IncludeProblem: Error, Hashable, Sendable {
    /// The reason, as a sentence without a full stop.
    public let cause: String

    /// A problem that the reader of files found; the caller knows the line.
    public init(_ cause: String) { self.cause = cause }
}

/// A text that is put together from a notebook's lines and those of the files it includes.
private struct NotebookAssembly {
    private let source: SourceLines
    private(set) var text = ""
    private(set) var origins: [LineOrigin] = []
    private(set) var includes: [String] = []
    private(set) var problems: [Diagnostic] = []

    /// The most bytes that all of it may have.
    private static let mostBytes = 10_000_000

    init(_ text: String) { source = SourceLines(text) }

    mutating func includeAll(_ read: (String) -> Result<String, IncludeProblem>) {
        let code = NotebookAssembly.codeLines(of: source)
        for number in source.lines.indices.map({ $0 + 1 }) {
            let line = source.content(number)
            guard !code.contains(number), let name = NotebookAssembly.name(in: line) else {
                append(source.lines[number - 1], from: LineOrigin(file: nil, line: number))
                continue
            }
            do throws(IncludeProblem) {
                try include(name, at: number, read)
            } catch {
                let message = "`\(name)` cannot be included: \(error.cause)"
                problems.append(Diagnostic(.error, at: SourcePosition(line: number), message))
                append("\n", from: LineOrigin(file: nil, line: number))
            }
        }
    }

    private mutating func append(_ line: some StringProtocol, from origin: LineOrigin) {
        text += line
        origins.append(origin)
    }

    private mutating func include(
        _ name: String, at number: Int, _ read: (String) -> Result<String, IncludeProblem>
    ) throws(IncludeProblem) {
        guard name.wholeMatch(of: /_[A-Za-z0-9_-]*\.md/) != nil else {
            throw IncludeProblem("name a file beside the notebook such as `_setup.md`, which begins with `_`")
        }
        let included = try read(name).get()
        guard text.utf8.count + included.utf8.count <= NotebookAssembly.mostBytes else {
            throw IncludeProblem("with it the notebook has more than \(NotebookAssembly.mostBytes.asBytes)")
        }
        includes.append(name)
        let lines = SourceLines(included)
        let code = NotebookAssembly.codeLines(of: lines)
        if !lines.lines.isEmpty, lines.content(1).allSatisfy({ $0 == "-" }), lines.content(1).count == 3 {
            problems.append(
                problem(in: name, at: 1, "a file that is included has no front matter; put it into the notebooks"))
        }
        // Its paragraphs are its own, whatever stands around the line.
        append("\n", from: LineOrigin(file: nil, line: number))
        for inner in lines.lines.indices {
            if !code.contains(inner + 1), NotebookAssembly.name(in: lines.content(inner + 1)) != nil {
                problems.append(
                    problem(
                        in: name, at: inner + 1,
                        "a file that is included includes no other; let the notebook include both"))
                append("\n", from: LineOrigin(file: name, line: inner + 1))
                continue
            }
            append(lines.lines[inner], from: LineOrigin(file: name, line: inner + 1))
        }
        if let last = text.utf8.last, last != 0x0A, last != 0x0D { text += "\n" }
        append("\n", from: LineOrigin(file: nil, line: number))
    }

    private func problem(in file: String, at line: Int, _ message: String) -> Diagnostic {
        var problem = Diagnostic(.error, at: SourcePosition(line: line), message)
        problem.file = file
        return problem
    }

    /// The file that a line includes; `nil` for any other line.
    private static func name(in line: Substring) -> String? {
        (line.wholeMatch(of: /\{\{<\s*include\s+(\S+)\s*>\}\}\s*/)?.1).map(String.init)
    }

    /// The lines of front matter and of fences, where such a line is something else.
    private static func codeLines(of source: SourceLines) -> Set<Int> {
        var lines: Set<Int> = []
        func visit(_ node: MarkdownNode) {
            if node.typeName == "code_block" || node.typeName == "html_block" { lines.formUnion(node.lines) }
            for child in node.children { visit(child) }
        }
        var ignored: [Diagnostic] = []
        // Front matter is no Markdown: a rule in it would begin a heading or a list.
        let start = source.frontMatterLines(&ignored)?.upperBound ?? 1
        guard start <= source.lines.count else { return Set(1..<start) }
        visit(MarkdownDocument(source.text(start..<source.lines.count + 1)).root)
        return Set(lines.map { $0 + start - 1 }).union(1..<start)
    }
}
