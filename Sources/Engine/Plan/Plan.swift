import CellSyntax
public import Digest
public import Notebook
import Foundation

/// All that a run of a notebook depends on, and the keys that stand for it.
///
/// Two runs with the same key give the same record. A key covers the code and the options that affect its
/// execution, all cells before it, the constants of the notebook's parameters, the runtime library, the
/// compiler and its flags, this engine, and what is in the inputs. It does not cover prose, captions, or where the file lies.
public struct Plan: Sendable {
    /// The notebook that runs.
    public let notebook: Notebook
    /// The name of the edition; `default` is the notebook as it stands.
    public let edition: String
    /// The parameters with the values of this run: the notebook's, the edition's, then those of the command line.
    public let parameters: [Parameter]
    /// The files that cells may read, as they were when the run was planned.
    public let declaredInputs: Inputs
    /// The paths and digests of ``declaredInputs``, as the record has them.
    public var inputs: [Record.Input] { declaredInputs.files }
    /// The names of the files that cells are to write.
    let outputs: [String]
    /// What cells can reach.
    public let sandbox: Sandbox
    /// What a run may use.
    let limits: Limits
    /// The keys of what is compiled, in its order.
    let unitKeys: [UnitKey]
    private let source: UnitSource
    /// The modules of the book's own that the cells import.
    var shared: [SharedModule] { source.shared }
    /// The texts of these modules' files, by their paths from the book's folder.
    public var sharedSources: [String: String] {
        Dictionary(shared.flatMap(\.files).map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
    }
    /// Whether cells import from packages that are no part of the book.
    public var importsPackages: Bool { source.packages != nil }
    /// Stands for all shared code of the book, where cells import anything.
    public let sharedDigest: String?
    /// Stands for everything that the record depends on.
    public let key: SHA256Digest

    /// What is compiled, in order: the constants, then each cell that is run. Made when asked for, because to read a
    /// notebook's Swift takes longer than all else of planning.
    var units: [CompilationUnit] { source.units }

    /// Stands for what the keys of its units were made from.
    var basis: String { source.basis }

    /// Stands for everything that the cell numbered `number` was compiled from; `nil` where it is not run.
    public func key(ofCell number: Int) -> String? { unitKeys.first { $0.cell == number }?.key }

    /// The edition and the parameters as constants in Swift.
    public var constants: String { NotebookConstants.source(edition: edition, parameters: parameters) }

    /// Plans a run.
    ///
    /// - Parameters:
    ///   - edition: which of the notebook's editions; `default` is the notebook as it stands.
    ///   - settings: values given on the command line, by parameter.
    ///   - sandbox: what cells can reach; what the book's configuration says where it is `nil`.
    ///   - store: where the keys of what is compiled are kept, so that Swift that was read before is not read again.
    ///   - others: what the other notebooks of the edition have written.
    /// - Throws: what is wrong with the settings or the inputs, placed in the notebook.
    public init(
        _ notebook: Notebook, edition: String, settings: [String: String], book: Book, installation: Installation,
        sandbox: Sandbox? = nil, store: Store? = nil, others: OtherOutputs? = nil
    ) throws(NotebookError) {
        self.notebook = notebook
        self.sandbox = sandbox ?? .on(book.permissions.granted(to: notebook.name))
        limits = notebook.frontMatter.limits(edition: edition)
        self.edition = edition
        let version = notebook.frontMatter.editions[edition]
        parameters = try Plan.parameters(of: notebook, version: version, settings: settings)
        declaredInputs = try Plan.inputs(of: notebook, edition: edition, book: book, others)
        outputs = notebook.declaredOutputs.map(\.name)
        let imported = try Plan.imported(by: notebook, book: book, installation: installation)
        sharedDigest = imported.digest
        source = UnitSource(
            notebook: notebook, edition: edition, parameters: parameters, packages: imported.packages,
            shared: imported.modules, installation: installation)
        unitKeys = source.keys(keptIn: store)
        try Plan.checkReadable(notebook)
        var hasher = KeyHasher("run")
        hasher.add(installation.engineDigest)
        for path in declaredInputs.declared.sorted() { hasher.add(path) }
        for input in declaredInputs.files { hasher.add(input.path, input.sha256) }
        for output in outputs.sorted() { hasher.add("output", output) }
        hasher.add(unitKeys.last { !$0.isOfValues }?.key ?? "")
        for unit in unitKeys where unit.isOfValues { hasher.add(unit.key) }
        let quantities = [
            limits.memory, limits.output, limits.file, limits.scratch, limits.processes, limits.threads,
        ]
        hasher.add(self.sandbox.key, quantities.map { String($0) }.joined(separator: " "))
        for cell in notebook.cells { hasher.add(cell.options.execution.encoded) }
        key = hasher.finalize()
    }

    /// The modules of the book's own that the notebook's cells import, and what stands for all that the book has.
    static func imported(
        by notebook: Notebook, book: Book, installation: Installation
    ) throws(NotebookError) -> (packages: PackageSet?, modules: [SharedModule], digest: String?) {
        guard SharedCode.importsAnything(notebook) else { return (nil, [], nil) }
        do throws(EngineError) {
            let taken = installation.moduleNames + ModuleCache.libraries + [NotebookConstants.module, "Swift"]
            let products = BookPackage.all(of: book).flatMap(\.products)
            let code = try SharedCode(of: book, taken: taken + products)
            let used = try code.used(by: notebook)
            let known = taken + used.map(\.name)
            let texts = notebook.cells.filter(\.options.eval).map(\.code) + used.flatMap { $0.files.map(\.text) }
            let packages =
                PackageSet.importsOther(than: known, in: texts) ? try PackageSet.locked(of: book, installation) : nil
            return (packages, used, SharedCode.digest(of: book))
        } catch {
            let cell = notebook.cells.first { $0.options.eval && $0.code.contains("import") }
            let problem = Diagnostic(.error, at: SourcePosition(line: cell?.codeLine ?? 1), error.description)
            throw NotebookError(notebook, [problem])
        }
    }

    /// - Throws: that a cell's Swift could not be read, so that nothing is known of it.
    private static func checkReadable(_ notebook: Notebook) throws(NotebookError) {
        let problems = notebook.cells.compactMap { cell in
            obstacle(toReading: cell.code).map { Diagnostic(.error, at: SourcePosition(line: cell.codeLine), $0) }
        }
        guard problems.isEmpty else { throw NotebookError(notebook, problems) }
    }

    /// Finds out, after a run, whether what the key stands for was there all the time.
    ///
    /// - Throws: that it was not, so that what the run gave is not what the key stands for.
    public func checkUnchanged(in book: Book, _ installation: Installation) throws {
        let problems = declaredInputs.touched(in: book).map { path in
            Diagnostic(
                .error, at: SourcePosition(line: 1), "the input `\(path)` changed while the notebook ran; render again")
        }
        guard problems.isEmpty else { throw NotebookError(notebook, problems) }
        try installation.checkUnchanged()
    }

    /// Finds out whether a run that came to its end wrote all that the notebook declares.
    ///
    /// - Throws: what is missing.
    public func checkOutputs(of record: Record) throws(NotebookError) {
        guard !record.failed else { return }
        let written = Set((record.outputs ?? []).map(\.name))
        let problems = notebook.declaredOutputs.filter { !written.contains($0.name) }.map { output in
            Diagnostic(
                .error, at: output.position,
                "no cell wrote the output `\(output.name)`: write it to `outputFile(\"\(output.name)\")`, or take it away here"
            )
        }
        guard problems.isEmpty else { throw NotebookError(notebook, problems) }
    }

    /// How long a cell may run where nothing else is said, in seconds.
    private static let defaultTimeout: Double = 120

    /// How long a cell may run, in seconds.
    func timeout(of options: CellOptions?) -> Double {
        let matter = notebook.frontMatter
        return options?.timeout ?? matter.editions[edition]?.timeout ?? matter.timeout ?? Plan.defaultTimeout
    }

    /// Stands for what is in the inputs.
    var inputsDigest: String {
        var hasher = KeyHasher("inputs")
        for input in inputs { hasher.add(input.path, input.sha256) }
        return hasher.finalize().description
    }

    static func parameters(
        of notebook: Notebook, version: FrontMatter.Edition?, settings: [String: String]
    ) throws(NotebookError) -> [Parameter] {
        var problems: [Diagnostic] = []
        let parameters = notebook.frontMatter.parameters.map { parameter in
            var parameter = parameter
            if let other = version?.parameters.first(where: { $0.name == parameter.name }) {
                parameter.value = other.value
            }
            if let setting = settings[parameter.name] {
                if let value = parameter.value.replaced(by: setting) {
                    parameter.value = value
                } else {
                    let message =
                        "--set \(parameter.name)=\(setting): the parameter is of type \(parameter.value.typeName)"
                    problems.append(Diagnostic(.error, at: parameter.position, message))
                }
            }
            return parameter
        }
        guard problems.isEmpty else { throw NotebookError(notebook, problems) }
        return parameters
    }

    private static func inputs(
        of notebook: Notebook, edition: String, book: Book, _ others: OtherOutputs?
    ) throws(NotebookError) -> Inputs {
        var problems: [Diagnostic] = []
        var inputs = Inputs()
        for (path, position) in notebook.declaredInputs(in: edition) {
            do {
                try inputs.add(path, in: book, others)
            } catch {
                let message = "the input `\(path)` \(error.phase.rawValue): \(error.cause)"
                problems.append(Diagnostic(.error, at: position, message))
            }
        }
        guard problems.isEmpty else { throw NotebookError(notebook, problems) }
        return inputs
    }
}
