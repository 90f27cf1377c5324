/// The symbols that commands name, and the characters that are symbols by themselves.
enum Symbols {
    /// Variables: letters that mathematics sets in italics, and the capitals and signs it does not.
    static let letters = pairs(
        """
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι
        kappa κ varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς
        tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        ell ℓ hbar ℏ imath ı jmath ȷ Re ℜ Im ℑ wp ℘ aleph ℵ beth ℶ
        infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ angle ∠ triangle △ square □
        blacksquare ■ checkmark ✓ prime ′ complement ∁ degree °
        """)

    /// The Greek and other letters that need no command where the source has them.
    static let letterCharacters = Set(letters.values.flatMap(\.unicodeScalars))

    static let named: [String: Symbol] = {
        var named: [String: Symbol] = [:]
        for (role, limits, table) in tables {
            for (name, text) in pairs(table) {
                named[name] = Symbol(text: text, role: role, limits: limits)
            }
        }
        return named
    }()

    /// What a character of the source means without a command.
    static let characters: [Unicode.Scalar: Symbol] = {
        var characters: [Unicode.Scalar: Symbol] = [:]
        for (_, symbol) in named.sorted(by: { $0.key < $1.key }) {
            guard let scalar = symbol.text.unicodeScalars.first, symbol.text.unicodeScalars.count == 1 else { continue }
            // ASCII means what TeX makes of it, which the list below says.
            if !scalar.isASCII { characters[scalar] = symbol }
        }
        for (role, members) in plain {
            for scalar in members.unicodeScalars {
                characters[scalar] = Symbol(text: String(Character(scalar)), role: role)
            }
        }
        characters["-"] = Symbol(text: "−", role: .binary)
        characters["*"] = Symbol(text: "∗", role: .binary)
        return characters
    }()

    /// Characters for `\not` of a relation, where Unicode has one.
    static let negated: [String: String] = [
        "=": "≠", "<": "≮", ">": "≯", "≤": "≰", "≥": "≱", "∈": "∉", "∋": "∌", "⊂": "⊄", "⊃": "⊅", "⊆": "⊈",
        "⊇": "⊉", "≡": "≢", "∼": "≁", "≈": "≉", "≅": "≇", "∣": "∤", "∥": "∦", "→": "↛", "⇒": "⇏", "∃": "∄",
    ]

    /// Delimiters by the commands that name them; a character of the source names itself.
    static let delimiters = pairs(
        #"""
        { { } } lbrace { rbrace } lbrack [ rbrack ] | ‖ vert | Vert ‖ lvert | rvert | lVert ‖ rVert ‖
        langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ backslash \
        uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
        """#)

    static let delimiterCharacters: [Unicode.Scalar: String] = [
        "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩", "‖": "‖", "⟨": "⟨", "⟩": "⟩",
        "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉",
    ]

    private static let tables: [(AtomClass, Limits, String)] = [
        (
            .ordinary, .beside,
            #"""
            neg ¬ lnot ¬ forall ∀ exists ∃ nexists ∄ backslash \ vert | Vert ‖ | ‖ surd √
            % % $ $ & & # # _ _
            """#
        ),
        (.inner, .beside, "ldots … dots … dotsc … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱"),
        (
            .largeOperator, .movable,
            "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀"
        ),
        (.largeOperator, .beside, "int ∫ iint ∬ iiint ∭ oint ∮"),
        (
            .binary, .beside,
            """
            pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ uplus ⊎
            vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
            dagger † ddagger ‡ amalg ⨿ wr ≀ diamond ⋄
            """
        ),
        (
            .relation, .beside,
            """
            le ≤ leq ≤ leqslant ⩽ ge ≥ geq ≥ geqslant ⩾ ne ≠ neq ≠ ll ≪ gg ≫ lt < gt > equiv ≡ sim ∼ simeq ≃
            approx ≈ approxeq ≊ cong ≅ propto ∝ doteq ≐ asymp ≍ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳
            triangleq ≜ coloneqq ≔ in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋
            sqsubseteq ⊑ sqsupseteq ⊒ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⊥ vdash ⊢ dashv ⊣ models ⊨
            to → rightarrow → gets ← leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔
            longrightarrow ⟶ longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸
            Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩
            rightharpoonup ⇀ leftharpoonup ↼ rightleftharpoons ⇌ rightleftarrows ⇄ rightsquigarrow ⇝ leadsto ⇝
            uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖
            upharpoonright ↾
            """
        ),
        (.opening, .beside, "{ { lbrace { lbrack [ lvert | lVert ‖ langle ⟨ lfloor ⌊ lceil ⌈"),
        (.closing, .beside, "} } rbrace } rbrack ] rvert | rVert ‖ rangle ⟩ rfloor ⌋ rceil ⌉"),
        (.punctuation, .beside, "colon :"),
    ]

    private static let plain: [(AtomClass, String)] = [
        (.ordinary, "|‖/.@\"∀∃¬"), (.binary, "+−⋅"), (.relation, "=<>:∣"), (.opening, "(["), (.closing, ")]!?"),
        (.punctuation, ",;"),
    ]

    private static func pairs(_ table: String) -> [String: String] {
        let words = table.split(whereSeparator: \.isWhitespace).map(String.init)
        var pairs: [String: String] = [:]
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            pairs[words[index]] = words[index + 1]
        }
        return pairs
    }
}
