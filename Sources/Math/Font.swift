/// The alphabets that `\mathbf`, `\mathbb` and their like choose.
enum Font: Hashable {
    case upright, bold, italic, boldItalic, sansSerif, monospace, blackboard, script, fraktur

    /// Whether neighbouring letters make a word, as in `\mathrm{KL}`, or a product, as in `\mathbb{AB}`.
    var makesWords: Bool {
        switch self {
        case .upright, .bold, .italic, .sansSerif, .monospace: true
        case .boldItalic, .blackboard, .script, .fraktur: false
        }
    }

    /// A letter or digit in this alphabet; a character the alphabet does not have stays as it is.
    ///
    /// Browsers draw alphabets by these characters alone, not by `mathvariant` (MathML Core, 4.2.2). The
    /// layout of the blocks is that of The Unicode Standard, chapter 22.2, Mathematical Alphanumeric Symbols.
    func character(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard let value = position(of: scalar) else { return scalar }
        return Self.encodedElsewhere[value] ?? Unicode.Scalar(value) ?? scalar
    }

    private func position(of scalar: Unicode.Scalar) -> UInt32? {
        switch scalar {
        case "A"..."Z": latin.map { $0 + scalar.value - 0x41 }
        case "a"..."z": latin.map { $0 + 26 + scalar.value - 0x61 }
        case "0"..."9": digits.map { $0 + scalar.value - 0x30 }
        case "Α"..."Ω": greek.map { $0 + scalar.value - 0x391 }
        case "α"..."ω": greek.map { $0 + 26 + scalar.value - 0x3B1 }
        default:
            greek.flatMap { greek in Self.greekVariants[scalar].map { greek + $0 } }
        }
    }

    private var latin: UInt32? {
        switch self {
        case .upright: nil
        case .bold: 0x1D400
        case .italic: 0x1D434
        case .boldItalic: 0x1D468
        case .script: 0x1D49C
        case .fraktur: 0x1D504
        case .blackboard: 0x1D538
        case .sansSerif: 0x1D5A0
        case .monospace: 0x1D670
        }
    }

    private var digits: UInt32? {
        switch self {
        case .bold, .boldItalic: 0x1D7CE
        case .blackboard: 0x1D7D8
        case .sansSerif: 0x1D7E2
        case .monospace: 0x1D7F6
        case .upright, .italic, .script, .fraktur: nil
        }
    }

    private var greek: UInt32? {
        switch self {
        case .bold: 0x1D6A8
        case .italic: 0x1D6E2
        case .boldItalic: 0x1D71C
        case .upright, .script, .fraktur, .blackboard, .sansSerif, .monospace: nil
        }
    }

    private static let greekVariants: [Unicode.Scalar: UInt32] = [
        "∇": 25, "∂": 51, "ϵ": 52, "ϑ": 53, "ϰ": 54, "ϕ": 55, "ϱ": 56, "ϖ": 57,
    ]

    /// Letters that Unicode had before it got the block, whose places in the block are empty.
    private static let encodedElsewhere: [UInt32: Unicode.Scalar] = [
        0x1D455: "ℎ",
        0x1D49D: "ℬ", 0x1D4A0: "ℰ", 0x1D4A1: "ℱ", 0x1D4A3: "ℋ", 0x1D4A4: "ℐ", 0x1D4A7: "ℒ", 0x1D4A8: "ℳ",
        0x1D4AD: "ℛ", 0x1D4BA: "ℯ", 0x1D4BC: "ℊ", 0x1D4C4: "ℴ",
        0x1D506: "ℭ", 0x1D50B: "ℌ", 0x1D50C: "ℑ", 0x1D515: "ℜ", 0x1D51D: "ℨ",
        0x1D53A: "ℂ", 0x1D53F: "ℍ", 0x1D545: "ℕ", 0x1D547: "ℙ", 0x1D548: "ℚ", 0x1D549: "ℝ", 0x1D551: "ℤ",
    ]
}
