public import Notebook
import Wire

/// What a notebook gave at one setting of its controls.
public struct PageVariant: Sendable {
    /// The setting.
    public var setting: ControlSetting
    /// The record of the run at the setting.
    public var record: Record

    /// The record of the run at `setting`.
    public init(setting: ControlSetting, record: Record) {
        self.setting = setting
        self.record = record
    }
}

/// The settings that a page can be switched between. Radio buttons and the style sheet do it, without a script: what depends on
/// the setting stands on the page once for each, and all but one are hidden.
struct PageVariants: Sendable {
    private let variants: [PageVariant]
    /// The place of the notebook's own values.
    private let own: Int
    private let controls: [Control]

    /// - Parameters:
    ///   - controls: the notebook's.
    ///   - own: the setting of the page's record.
    init(_ variants: [PageVariant] = [], of controls: [Control] = [], own: ControlSetting? = nil) {
        let place = variants.firstIndex { $0.setting == own }
        self.variants = place == nil ? [] : variants
        self.own = place ?? 0
        self.controls = controls
    }

    /// The most settings of a page.
    static let most = 24

    /// What shows the chosen one.
    static var stylesheet: String {
        let chosen = (0..<most).map { "html:has(#control-\($0):checked) .variants > .v\($0)" }
        return """
            .variants > * { display: none; }
            \(chosen.joined(separator: ", ")) { display: revert; }
            @media print { .controls { position: static; } }
            """
    }

    /// The page's blocks, with the radio buttons above the first that depends on them. The buttons stay in sight as far as the last.
    func placed(in blocks: [String]) -> String {
        func depends(_ markup: String) -> Bool { markup.contains("class=\"variants\"") }
        guard !variants.isEmpty, let first = blocks.firstIndex(where: depends),
            let last = blocks.lastIndex(where: depends)
        else { return blocks.joined() }
        let switched = element("div", ["class": "switched"], "\n" + buttons + blocks[first...last].joined()) + "\n"
        return blocks[..<first].joined() + switched + blocks[(last + 1)...].joined()
    }

    private var buttons: String {
        let buttons = variants.enumerated().map { index, variant in
            "<input type=\"radio\" name=\"control\" id=\"control-\(index)\"\(index == own ? " checked" : "")>"
                + element("label", ["for": "control-\(index)"], escaped(words(for: variant.setting)))
        }
        let names = controls.map { translated($0.name) }.joined(separator: translated(", "))
        return element("fieldset", ["class": "controls"], element("legend", escaped(names)) + buttons.joined()) + "\n"
    }

    /// What readers choose a setting by: its values, or the words for them; of several controls with their names.
    private func words(for setting: ControlSetting) -> String {
        let parts = setting.choices.map { choice in
            let word = controls.first { $0.name == choice.name }?.words[choice.value].map(translated) ?? choice.value
            return setting.choices.count == 1 ? word : "\(translated(choice.name)) = \(word)"
        }
        return parts.joined(separator: translated(", "))
    }

    /// What stands for `own` markup where another setting gives other markup: that of each. `nil` where all give the same.
    ///
    /// - Parameter other: the markup of another setting's record.
    func markup(_ name: String, own markup: String, other: (Record) -> String) -> String? {
        guard !variants.isEmpty else { return nil }
        let all = variants.enumerated().map { $0 == own ? markup : other($1.record) }
        guard all.contains(where: { $0 != markup }) else { return nil }
        let parts = all.enumerated().map { element(name, ["class": "v\($0)"], $1) }
        return element(name, ["class": "variants"], parts.joined())
    }
}
