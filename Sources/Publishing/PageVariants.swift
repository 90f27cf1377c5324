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

    /// - Parameter own: the setting of the page's record.
    init(_ variants: [PageVariant], own: ControlSetting?) {
        let place = variants.firstIndex { $0.setting == own }
        self.variants = place == nil ? [] : variants
        self.own = place ?? 0
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

    /// The radio buttons; nothing where the page has no controls.
    var controls: String {
        guard !variants.isEmpty else { return "" }
        let buttons = variants.enumerated().map { index, variant in
            let isSingle = variant.setting.choices.count == 1
            let words = isSingle ? variant.setting.choices[0].value : variant.setting.name.replacing(",", with: ", ")
            return "<input type=\"radio\" name=\"control\" id=\"control-\(index)\"\(index == own ? " checked" : "")>"
                + element("label", ["for": "control-\(index)"], escaped(words))
        }
        let names = variants[0].setting.choices.map(\.name).joined(separator: ", ")
        return element(
            "fieldset", ["class": "controls"], element("legend", escaped(translated(names))) + buttons.joined()) + "\n"
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
