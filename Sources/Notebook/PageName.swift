/// What notebooks and editions are called: their names are those of folders, and stand in addresses.
public enum PageName {
    /// How names are made up, for messages.
    public static let rule = "use letters from a to z, digits, - and _ only"

    /// Whether `text` can be the name of a page and of its folder; ``rule`` says it in words.
    public static func isValid(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
