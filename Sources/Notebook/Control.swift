/// A parameter whose values a page can be switched between: `controls: {temperature: [1, 2, 4]}`.
public struct Control: Sendable, Hashable {
    /// The parameter's.
    public let name: String
    /// The values that readers can choose from, in the order of the switch.
    public let values: [ParameterValue]
    /// What readers choose values by, where that is not the value itself: `{reading: {A: as printed}}`. By the values as text.
    public let words: [String: String]
    /// Where it stands in the notebook.
    public let position: SourcePosition
}

/// A value for each control of a notebook, in the controls' order.
public struct ControlSetting: Sendable, Hashable, Codable {
    /// A control with its value, as the command line would give them.
    public struct Choice: Sendable, Hashable, Codable {
        public let name, value: String
    }

    /// The chosen value of each control, in the controls' order.
    public let choices: [Choice]

    /// What its record's file is called, and readers choose: `temperature=4`.
    public var name: String { choices.map { "\($0.name)=\($0.value)" }.joined(separator: ",") }

    /// The same as settings of a run.
    public var settings: [String: String] {
        Dictionary(choices.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The path of the record of a run with these values, from the page's folder.
    public var recordPath: String { "\(ControlSetting.folder)/\(name).json" }

    /// The folder of such records, from the page's.
    public static let folder = "controls"
}

extension FrontMatter {
    /// The most runs that controls may ask for.
    static let mostSettings = 24

    /// The product of all controls' values, the last control's changing first.
    public var controlSettings: [ControlSetting] {
        guard !controls.isEmpty else { return [] }
        let choices = controls.reduce(into: [[ControlSetting.Choice]()]) { product, control in
            product = product.flatMap { before in
                control.values.map { before + [ControlSetting.Choice(name: control.name, value: $0.plainText)] }
            }
        }
        return choices.map(ControlSetting.init)
    }

    /// The values of the controls' parameters in a run that nothing else is asked of.
    public func ownSetting(edition: String) -> ControlSetting {
        ControlSetting(
            choices: controls.compactMap { control in
                let ofEdition = editions[edition]?.parameters.first { $0.name == control.name }
                return (ofEdition ?? parameters.first { $0.name == control.name }).map {
                    ControlSetting.Choice(name: control.name, value: $0.value.plainText)
                }
            })
    }

    /// Controls of no parameter, without the parameter's own value, or with too many values.
    var misplacedControls: [Diagnostic] {
        var problems: [Diagnostic] = []
        func report(_ message: String, _ control: Control) {
            problems.append(Diagnostic(.error, at: control.position, message))
        }
        for control in controls {
            guard let parameter = parameters.first(where: { $0.name == control.name }) else {
                report(
                    "`\(control.name)` is no parameter of the notebook; \(suggestion(for: control.name, in: parameters.map(\.name)))",
                    control)
                continue
            }
            let known = control.values.map(\.plainText)
            let own =
                [parameter.value]
                + editions.values.flatMap(\.parameters).filter { $0.name == control.name }.map(\.value)
            for value in own where !known.contains(value.plainText) {
                report("the control's values lack `\(value.plainText)`, which the parameter has", control)
            }
            for value in control.values where parameter.value.replaced(by: value.plainText) == nil {
                report("`\(value.plainText)` is not of the parameter's type, \(parameter.value.typeName)", control)
            }
            if Set(known).count < known.count { report("a value stands twice", control) }
        }
        if let first = controls.first, controlSettings.count > FrontMatter.mostSettings {
            report(
                "the controls ask for \(controlSettings.count) runs, and \(FrontMatter.mostSettings) is the most: give fewer values",
                first)
        }
        return problems
    }
}

extension ParameterValue {
    /// As the command line would give it.
    var plainText: String {
        switch self {
        case .whole(let value): String(value)
        case .real(let value): String(value)
        case .truth(let value): String(value)
        case .text(let value): value
        }
    }
}

extension YAMLValue {
    /// Names of parameters, each with a list of values, or with words for each.
    var controls: [Control] {
        get throws(Mismatch) {
            var controls: [Control] = []
            for (name, value) in try members {
                var values: [ParameterValue] = []
                var words: [String: String] = [:]
                if value.node.mapping == nil {
                    for value in try value.list { values.append(try value.choice(try value.parameter)) }
                } else {
                    for (key, meaning) in try value.members {
                        let known = try meaning.choice(ParameterValue(plain: key))
                        values.append(known)
                        words[known.plainText] = try meaning.string
                    }
                }
                guard values.count > 1 else { throw value.mismatch("two values or more") }
                controls.append(Control(name: name, values: values, words: words, position: position(ofKey: name)))
            }
            return controls
        }
    }

    /// - Throws: where the value cannot name a file, as those of controls do.
    private func choice(_ value: ParameterValue) throws(Mismatch) -> ParameterValue {
        guard value.plainText.wholeMatch(of: /[A-Za-z0-9_+-][A-Za-z0-9_.+-]*/) != nil else {
            throw mismatch("a number, or a word of letters, digits, - and _")
        }
        return value
    }
}
