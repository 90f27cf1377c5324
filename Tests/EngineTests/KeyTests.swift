import Engine
import Foundation
import Notebook
import Testing

/// All that a run is planned from, so that one thing of it can be changed at a time.
private struct Request {
    var frontMatter = "title: T\nparameters: {rate: 0.5, steps: 3}\ninputs: [Data, notes.txt]\neditions: {quick: {}}"
    var prose = "Some prose, @fig-a."
    var cells = ["let base = 1", "let more = base + 1", "Chart { Line(y: [1.0, Double(more)]) }"]
    var options = ["", "inputs: Own/table.csv", "label: fig-a\nfig-cap: One."]
    var files = ["Data/a.csv": "1", "Data/deep/b.csv": "2", "notes.txt": "3", "Own/table.csv": "4"]
    var name = "draw"
    var edition = "default"
    var settings: [String: String] = [:]
    var installation: Installation

    /// The keys of the cells, then the key of the whole run.
    func keys() throws -> [String?] {
        let fences = zip(cells, options).map { code, options in
            "```swift\n" + options.split(separator: "\n").map { "//| \($0)\n" }.joined() + code + "\n```\n\n"
        }
        let book = try TemporaryBook()
        for (path, content) in files { try book.write(content, to: path) }
        let text = "---\n\(frontMatter)\n---\n\n\(prose)\n\n" + fences.joined()
        let notebook = try Notebook(parsing: text, name: name, path: "Notebooks/\(name).md")
        let plan = try Plan(
            notebook, edition: edition, settings: settings, book: Book(root: book.root), installation: installation)
        return cells.indices.map { plan.key(ofCell: $0 + 1)?.description } + [plan.key.description]
    }
}

/// One change of one thing.
private struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable (inout Request) -> Void

    init(_ name: String, _ make: @escaping @Sendable (inout Request) -> Void) {
        testDescription = name
        self.make = make
    }
}

private let causes = [
    Change("code") { $0.cells[2] += " " },
    Change("a comment in the code") { $0.cells[2] += " // so" },
    Change("the code of an earlier cell") { $0.cells[0] = "let base = 2" },
    Change("a cell before") {
        $0.cells.insert("let other = 1", at: 0)
        $0.options.insert("", at: 0)
    },
    Change("a cell behind") {
        $0.cells.append("print(1)")
        $0.options.append("")
    },
    Change("two cells in the other order") { $0.cells.swapAt(0, 1) },
    Change("eval") { $0.options[0] = "eval: false" },
    Change("error") { $0.options[0] = "error: true" },
    Change("warning") { $0.options[0] = "warning: false" },
    Change("a parameter's value") { $0.frontMatter.replace("rate: 0.5", with: "rate: 0.25") },
    Change("a parameter's type") { $0.frontMatter.replace("rate: 0.5", with: "rate: '0.5'") },
    Change("a parameter's name") { $0.frontMatter.replace("rate: 0.5", with: "speed: 0.5") },
    Change("one parameter more") { $0.frontMatter.replace("rate: 0.5", with: "rate: 0.5, more: 1") },
    Change("a parameter on the command line") { $0.settings = ["rate": "0.75"] },
    Change("an edition") { $0.edition = "quick" },
    Change("an edition's parameter") {
        $0.edition = "quick"
        $0.frontMatter.replace("quick: {}", with: "quick: {parameters: {rate: 0.1}}")
    },
    Change("an edition's inputs") {
        $0.edition = "quick"
        $0.frontMatter.replace("quick: {}", with: "quick: {inputs: notes.txt}")
    },
    Change("what is in a file in an input folder") { $0.files["Data/a.csv"] = "5" },
    Change("what is in a file in a folder in an input folder") { $0.files["Data/deep/b.csv"] = "5" },
    Change("what is in an input file") { $0.files["notes.txt"] = "5" },
    Change("what is in a cell's input") { $0.files["Own/table.csv"] = "5" },
    Change("a file added to an input folder") { $0.files["Data/c.csv"] = "" },
    Change("a file gone from an input folder") { $0.files["Data/deep/b.csv"] = nil },
    Change("a file of an input folder under another name") {
        $0.files["Data/z.csv"] = $0.files.removeValue(forKey: "Data/a.csv")
    },
    Change("an input declared") {
        $0.options[0] = "inputs: undeclared.txt"; $0.files["undeclared.txt"] = ""
    },
    Change("the runtime library") { $0.installation.runtimeDigest += "0" },
    Change("the engine") { $0.installation.engineDigest += "0" },
    Change("the compiler's version") { $0.installation.compilerVersion += "+" },
    Change("a compiler flag") { $0.installation.compilerFlags.append("-Ounchecked") },
    Change("a linker flag") { $0.installation.linkerFlags.append("--gc-sections") },
]

private let indifferent = [
    Change("prose") { $0.prose = "Other\n\nprose, and more of it; see @fig-a." },
    Change("a caption") { $0.options[2].replace("One.", with: "Another.") },
    Change("a text for those who cannot see") { $0.options[2] += "\nfig-alt: It rises." },
    Change("a caption of a table") { $0.options[0] = "label: tbl-b\ntbl-cap: Two." },
    Change("a label") { $0.options[0] = "label: first" },
    Change("echo") { $0.options[0] = "echo: false" },
    Change("output") { $0.options[0] = "output: false" },
    Change("include") { $0.options[0] = "include: false" },
    Change("code-fold") { $0.options[0] = "code-fold: true" },
    Change("a cell's time limit") { $0.options[0] = "timeout: 100" },
    Change("the notebook's time limit") { $0.frontMatter += "\ntimeout: 100" },
    Change("the title") { $0.frontMatter.replace("title: T", with: "title: Other") },
    Change("an abstract") { $0.frontMatter += "\nabstract: Words." },
    Change("another edition than this") {
        $0.frontMatter.replace("quick: {}", with: "quick: {parameters: {rate: 1.0}}")
    },
    Change("a setting that says what stands there") { $0.settings = ["rate": "0.5"] },
    Change("a file beside the inputs") { $0.files["undeclared.txt"] = "" },
    Change("the order of inputs") { $0.frontMatter.replace("[Data, notes.txt]", with: "[notes.txt, Data]") },
    Change("the notebook's name") { $0.name = "renamed" },
    Change("the tool around the engine, and with it all that pages look like") { $0.installation.toolDigest += "0" },
]

/// The law of keys: what a result depends on changes them, and nothing else does.
@Suite struct KeyTests {
    private static let installation = Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-test-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try Installation(prefix: Installed.prefix, cache: RootedPath(root: folder.path))
    }

    private let request: Request

    init() throws { request = Request(installation: try KeyTests.installation.get()) }

    private func keys(after change: Change) throws -> [String?] {
        var changed = request
        change.make(&changed)
        return try changed.keys()
    }

    @Test(arguments: causes) private func makesTheNotebookRunAgain(_ change: Change) throws {
        #expect(try keys(after: change).last != request.keys().last)
    }

    @Test(arguments: indifferent) private func leavesEveryKeyAsItIs(_ change: Change) throws {
        #expect(try keys(after: change) == request.keys())
    }

    @Test func everyCauseHasAKeyOfItsOwn() throws {
        let own = try causes.map { try keys(after: $0).last }
        #expect(Set(own).count == causes.count)
    }

    @Test(arguments: 0..<3) func fromTheCellThatChangedOnAllIsCompiledAgain(_ index: Int) throws {
        let after = try keys(after: Change("code") { $0.cells[index] += " " })
        let isSame = zip(try request.keys(), after).map { $0 == $1 }
        #expect(isSame == (0...3).map { $0 < index })
    }

    @Test func inputsChangeNothingOfWhatIsCompiled() throws {
        let after = try keys(after: Change("input") { $0.files["notes.txt"] = "5" })
        #expect(try after.dropLast() == request.keys().dropLast())
    }
}
