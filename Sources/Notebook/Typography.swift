/// How prose shows the signs that a keyboard has in the place of those of print: quotation marks, apostrophes, dashes, dots.
public struct Typography: Sendable, Hashable, Codable {
    /// The language whose quotation marks are used, as BCP 47 names it.
    public var language: String
    /// Whether they become signs of print; else they stay as they are typed.
    public var isSmart: Bool

    /// The signs of print in a language, or where they are not wanted, those that are typed.
    public init(language: String, isSmart: Bool = true) {
        self.language = language
        self.isSmart = isSmart
    }

    /// Everything as it is typed.
    public static let typed = Typography(language: Language.english.tag, isSmart: false)

    /// What `"` and `'` become.
    struct Marks: Sendable {
        let double, single: (opening: String, closing: String)

        /// - Parameter words: the four signs, apart.
        fileprivate init(_ words: String) {
            let signs = words.split(separator: " ").map(String.init)
            (double, single) = ((signs[0], signs[1]), (signs[2], signs[3]))
        }
    }

    /// The language's; those of English where it has no others, or none are known here.
    var marks: Marks {
        let parts = language.split(separator: "-").map(String.init)
        let whole = Typography.known.first { $0.languages.contains(language) }
        return (whole ?? Typography.known.first { $0.languages.contains(parts.first ?? "") })?.marks
            ?? Marks("“ ” ‘ ’")
    }

    /// Source: Unicode CLDR 48, `delimiters`; for French the Imprimerie nationale's rules: a narrow no-break space inside.
    private static let known: [(languages: [String], marks: Marks)] = [
        (["de", "cs", "sk", "sl", "is", "lt", "et"], Marks("„ “ ‚ ‘")), (["bg"], Marks("„ “ ’ ’")),
        (["pl"], Marks("„ ” « »")), (["hu"], Marks("„ ” » «")), (["ro"], Marks("„ ” « »")),
        (["hr", "bs"], Marks("„ ” ‚ ‘")), (["sr", "mk"], Marks("„ “ ’ ‘")),
        (["fr"], Marks("«\u{202F} \u{202F}» “ ”")), (["de-CH", "de-LI", "fr-CH", "it-CH"], Marks("« » ‹ ›")),
        (["it", "es", "ca", "gl", "pt-PT", "el", "hy"], Marks("« » “ ”")), (["no", "nb", "nn"], Marks("« » ‘ ’")),
        (["ru", "uk", "be"], Marks("« » „ “")), (["sv", "fi"], Marks("” ” ’ ’")),
        (["fa", "ps"], Marks("« » ‹ ›")), (["he"], Marks("” ” ’ ’")),
        (["ja", "zh-TW", "zh-HK", "zh-MO", "zh-Hant"], Marks("「 」 『 』")),
    ]
}
