/// What a notebook says of itself, in YAML between `---` lines at its top.
public struct FrontMatter: Sendable, Hashable {
    /// The notebook's title, in inline Markdown; `nil` where only its first heading names it.
    public var title: String?
    /// Where it stands.
    public var titlePosition = SourcePosition(line: 1)
    /// A sentence or two for the front page.
    public var abstract: String?
    /// Where it stands.
    public var abstractPosition = SourcePosition(line: 1)
    /// Named values that cells read as constants; `--set` overrides them.
    public var parameters: [Parameter] = []
    /// Parameters whose values the page can be switched between.
    public var controls: [Control] = []
    /// Files, or folders of files, that the cells read, relative to the book's folder.
    public var inputs: [String] = []
    /// Where they are declared.
    public var inputsPosition = SourcePosition(line: 1)
    /// Files that the cells write, for readers and for other notebooks.
    public var outputs: [DeclaredOutput] = []
    /// How long a cell may run, in seconds.
    public var timeout: Double?
    /// What a run may use.
    public var limits = Limits()
    /// Commands for the notebook's formulas, as TeX defines them: `\newcommand{\R}{\mathbb{R}}`.
    public var macros: String?
    /// Where they are defined.
    public var macrosPosition = SourcePosition(line: 1)
    /// Which cells' code is folded away; `nil` is as the book says.
    public var codeFold: CodeFold?
    /// Whether typed quotation marks, dashes and dots become signs of print; `nil` is as the book says.
    public var smart: Bool?
    /// Other versions of the notebook, by name.
    public var editions: [String: Edition] = [:]

    /// Front matter in which everything is left out.
    public init() {}

    /// What a run of the edition `name` may use.
    public func limits(edition name: String) -> Limits { editions[name]?.limits ?? limits }

    /// What an edition changes.
    public struct Edition: Sendable, Hashable {
        /// The values that differ from the notebook's own; parameters that are not listed keep theirs.
        public var parameters: [Parameter] = []
        /// Read in this edition in place of the notebook's own inputs.
        public var inputs: [String]?
        /// Where they are declared.
        public var inputsPosition = SourcePosition(line: 1)
        /// In place of the notebook's own limit.
        public var timeout: Double?
        /// In place of the notebook's own limits.
        public var limits: Limits?
    }
}

extension FrontMatter {
    private enum Name: String, EntryName {
        case title, abstract, parameters, controls, inputs, outputs, timeout, limits, macros, smart, editions
        case codeFold = "code-fold"
    }
    private enum EditionName: String, EntryName { case parameters, inputs, timeout, limits }

    /// What entries are called.
    public static var names: [String] { Name.all }

    /// Reads `yaml`, whose first line is line `firstLine` of the notebook.
    ///
    /// - Returns: the front matter, and all that is wrong with it.
    static func parse(yaml: String, firstLine: Int) -> (FrontMatter, [Diagnostic]) {
        var result = FrontMatter()
        var nested: [Diagnostic] = []
        let diagnostics = YAMLValue.readMapping(
            yaml, firstLine: firstLine, column: 1, what: "front-matter entry"
        ) { (name: Name, value) throws(YAMLValue.Mismatch) in
            switch name {
            case .title: (result.title, result.titlePosition) = (try value.string, value.position)
            case .abstract: (result.abstract, result.abstractPosition) = (try value.string, value.position)
            case .parameters: result.parameters = try parameters(value, &nested)
            case .controls: result.controls = try value.controls
            case .inputs: (result.inputs, result.inputsPosition) = (try value.paths, value.position)
            case .outputs: result.outputs = try value.outputs
            case .timeout: result.timeout = try value.seconds
            case .limits: result.limits = try Limits(value, &nested)
            case .macros: (result.macros, result.macrosPosition) = (try value.string, value.position)
            case .codeFold: result.codeFold = try value.codeFold
            case .smart: result.smart = try value.bool
            case .editions:
                for (name, edition) in try value.members {
                    guard PageName.isValid(name) else {
                        let message = "`\(name)` cannot name an edition: \(PageName.rule)"
                        nested.append(Diagnostic(.error, at: value.position(ofKey: name), message))
                        continue
                    }
                    result.editions[name] = try FrontMatter.edition(edition, &nested)
                }
            }
        }
        for edition in result.editions.values {
            for parameter in edition.parameters
            where !result.parameters.contains(where: { $0.name == parameter.name }) {
                let message = "an edition sets `\(parameter.name)`, which is no parameter of the notebook"
                nested.append(Diagnostic(.error, at: parameter.position, message))
            }
        }
        return (result, diagnostics + nested + result.misplacedControls)
    }

    private static func parameters(
        _ value: YAMLValue, _ diagnostics: inout [Diagnostic]
    ) throws(YAMLValue.Mismatch) -> [Parameter] {
        var parameters: [Parameter] = []
        for (name, value) in try value.members {
            guard Parameter.isName(name) else {
                let message = "`\(name)` cannot name a parameter: use a Swift name such as `epochs`"
                diagnostics.append(Diagnostic(.error, at: value.position, message))
                continue
            }
            parameters.append(Parameter(name: name, value: try value.parameter, position: value.position))
        }
        return parameters
    }

    private static func edition(
        _ value: YAMLValue, _ diagnostics: inout [Diagnostic]
    ) throws(YAMLValue.Mismatch) -> Edition {
        var edition = Edition()
        for (name, value) in try value.members(EditionName.self, what: "entry of an edition", &diagnostics) {
            switch name {
            case .parameters: edition.parameters = try parameters(value, &diagnostics)
            case .inputs: (edition.inputs, edition.inputsPosition) = (try value.paths, value.position)
            case .timeout: edition.timeout = try value.seconds
            case .limits: edition.limits = try Limits(value, &diagnostics)
            }
        }
        return edition
    }
}
