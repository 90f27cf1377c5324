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
        digamma ϝ eth ð hslash ℏ mho ℧ Finv Ⅎ Game ⅁ gimel ℷ daleth ℸ Bbbk 𝕜 backprime ‵ measuredangle ∡
        sphericalangle ∢ bigstar ★ lozenge ◊ blacklozenge ⧫ diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠ flat ♭
        natural ♮ sharp ♯ triangledown ▽ blacktriangle ▲ blacktriangledown ▼ circledS Ⓢ maltese ✠ Box □ Diamond ◇ qed □
        S § P ¶ copyright © pounds £ yen ¥ euro € cent ¢ varGamma 𝛤 varDelta 𝛥 varTheta 𝛩 varLambda 𝛬 varXi 𝛯 varPi 𝛱
        varSigma 𝛴 varUpsilon 𝛶 varPhi 𝛷 varPsi 𝛹 varOmega 𝛺 AA Å
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
        uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ Updownarrow ⇕ llbracket ⟦ rrbracket ⟧ lBrack ⟦
        rBrack ⟧ lgroup ⟮ rgroup ⟯ lmoustache ⎰ rmoustache ⎱ ulcorner ⌜ urcorner ⌝ llcorner ⌞ lrcorner ⌟ lang ⟨ rang ⟩
        mid | parallel ‖
        """#)

    static let delimiterCharacters: [Unicode.Scalar: String] = [
        "(": "(", ")": ")", "[": "[", "]": "]", "|": "|", "/": "/", "<": "⟨", ">": "⟩", "‖": "‖", "⟨": "⟨", "⟩": "⟩",
        "⟦": "⟦", "⟧": "⟧", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉",
    ]

    private static let tables: [(AtomClass, Limits, String)] = [
        (
            .ordinary, .beside,
            #"""
            neg ¬ lnot ¬ forall ∀ exists ∃ nexists ∄ backslash \ vert | Vert ‖ | ‖ surd √
            % % $ $ & & # # _ _
            """#
        ),
        (
            .inner, .beside,
            "iddots ⋰ adots ⋰ dotso … ldots … dots … dotsc … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱"
        ),
        (
            .largeOperator, .movable,
            "sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄"
        ),
        (.largeOperator, .beside, "int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ oiiint ∰ iiiint ⨌ idotsint ∫⋯∫ intop ∫"),
        (
            .binary, .beside,
            """
            pm ± mp ∓ times × div ÷ cdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ sqcap ⊓ sqcup ⊔ uplus ⊎
            vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
            dag † ddag ‡ boxplus ⊞ boxminus ⊟ boxtimes ⊠ boxdot ⊡ ltimes ⋉ rtimes ⋊ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵
            intercal ⊺ barwedge ⊼ veebar ⊻ curlyvee ⋎ curlywedge ⋏ Cap ⋒ Cup ⋓ dotplus ∔ divideontimes ⋇ bigcirc ◯
            centerdot · cdotp · triangleleft ◃ triangleright ▹ bigtriangleup △ bigtriangledown ▽ leftthreetimes ⋋
            rightthreetimes ⋌ circledast ⊛ circledcirc ⊚ circleddash ⊝ doublebarwedge ⩞
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
            upharpoonright ↾ restriction ↾ upharpoonleft ↿ downharpoonright ⇂ downharpoonleft ⇃ bowtie ⋈ Join ⋈
            owns ∋ doublecap ⋒ leqq ≦ geqq ≧ lneq ⪇ gneq ⪈ lneqq ≨ gneqq ≩ nleq ≰ ngeq ≱ nless ≮ ngtr ≯ nleqslant ≰
            ngeqslant ≱ lessgtr ≶ gtrless ≷ lesseqgtr ⋚ gtreqless ⋛ lessapprox ⪅ gtrapprox ⪆ lnsim ⋦ gnsim ⋧
            lll ⋘ ggg ⋙ prec ≺ nprec ⊀ nsucc ⊁ precsim ≾ succsim ≿ preccurlyeq ≼ succcurlyeq ≽ curlyeqprec ⋞
            curlyeqsucc ⋟ nsim ≁ ncong ≇ thickapprox ≈ thicksim ∼ backsim ∽ eqsim ≂ bumpeq ≏ Bumpeq ≎ doteqdot ≑ Doteq ≑
            eqcirc ≖ circeq ≗ risingdotseq ≓ fallingdotseq ≒ coloneq ≔ eqqcolon ≕ eqcolon ≕ vcentcolon ∶ ratio ∶
            dblcolon ∷ Colon ∷ Coloneqq ⩴ coloncolonequals ⩴ subseteqq ⫅ supseteqq ⫆ nsubseteq ⊈ nsupseteq ⊉
            subsetneqq ⫋ supsetneqq ⫌ Subset ⋐ Supset ⋑ sqsubset ⊏ sqsupset ⊐ varpropto ∝ vartriangle △ therefore ∴
            because ∵ between ≬ pitchfork ⋔ smile ⌣ frown ⌢ vDash ⊨ Vdash ⊩ Vvdash ⊪ nvdash ⊬ nvDash ⊭ nVdash ⊮
            shortmid ∣ nshortmid ∤ shortparallel ∥ trianglelefteq ⊴ trianglerighteq ⊵ ntriangleleft ⋪ vartriangleleft ⊲
            vartriangleright ⊳ blacktriangleleft ◀ blacktriangleright ▶ nleftarrow ↚ nrightarrow ↛ nleftrightarrow ↮
            nLeftarrow ⇍ nRightarrow ⇏ nLeftrightarrow ⇎ rightharpoondown ⇁ leftharpoondown ↽ leftrightharpoons ⇋
            leftrightarrows ⇆ rightrightarrows ⇉ leftleftarrows ⇇ upuparrows ⇈ downdownarrows ⇊ twoheadrightarrow ↠
            twoheadleftarrow ↞ rightarrowtail ↣ leftarrowtail ↢ curvearrowright ↷ curvearrowleft ↶ circlearrowleft ↺
            circlearrowright ↻ Lsh ↰ Rsh ↱ looparrowright ↬ looparrowleft ↫ dashrightarrow ⇢ dashleftarrow ⇠
            leftrightsquigarrow ↭ multimap ⊸ Rrightarrow ⇛ Lleftarrow ⇚ Updownarrow ⇕ equalscolon ≕ xor ⊻
            mapsfrom ↤ longmapsfrom ⟻
            """
        ),
        (
            .opening, .beside,
            "llbracket ⟦ lBrack ⟦ lgroup ⟮ ulcorner ⌜ llcorner ⌞ lang ⟨ { { lbrace { lbrack [ lvert | lVert ‖ langle ⟨ lfloor ⌊ lceil ⌈"
        ),
        (
            .closing, .beside,
            "rrbracket ⟧ rBrack ⟧ rgroup ⟯ urcorner ⌝ lrcorner ⌟ rang ⟩ } } rbrace } rbrack ] rvert | rVert ‖ rangle ⟩ rfloor ⌋ rceil ⌉"
        ),
        (.punctuation, .beside, "colon :"),
    ]

    private static let plain: [(AtomClass, String)] = [
        (.ordinary, "|‖/.@\"∀∃¬°²³¹…·"), (.binary, "+−⋅"), (.relation, "=<>:∣"), (.opening, "(["), (.closing, ")]!?"),
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
