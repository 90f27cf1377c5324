/// Where the structure differs from pandoc's, and why it should.
enum Differences {
    static let reasons: [String: String] = {
        var reasons: [String: String] = [:]
        for (reason, lines) in all {
            for line in lines { reasons[line] = reason }
        }
        return reasons
    }()

    private static let all: [(reason: String, lines: [String])] = [
        (
            "pandoc cannot read it",
            [
                #"display: \argmax_i z_i"#, #"inline: \argmin_i z_i"#,
                #"inline: \text{50\% of \$3}"#,
            ]
        ),
        (
            "primes are superscripts in TeX; pandoc puts them beside the base and scripts onto the prime",
            ["inline: f'", "inline: f''(x)", "inline: y'_i", "inline: z'^2"]
        ),
        ("TeX's argument is one digit; pandoc takes the number", ["inline: x^23"]),
        (
            "the asterisk is the operator ∗ in TeX; pandoc keeps the letter of ASCII",
            ["inline: a * b", #"inline: \theta^\ast"#]
        ),
        (
            "ℓ is a variable; pandoc writes an operator, and the asterisk as above",
            [
                #"inline: \infty + \ell + \hbar"#,
                #"display: \theta^* = \arg\min_{\theta} \mathbb{E}_{(x,y) \sim \mathcal{D}} \left[ \ell(f_\theta(x), y) \right]"#,
            ]
        ),
        ("the difference of sets has a character of its own", [#"inline: A \cup B \cap C \setminus D"#]),
        (
            "the arrow of iff is the long one, as that of implies",
            [#"inline: a \Rightarrow b \Leftrightarrow c \iff d \implies e"#]
        ),
        (
            "the distances around mod are attributes and amsmath's; pandoc writes elements",
            [#"inline: a \bmod b"#, #"inline: a \equiv b \pmod{n}"#]
        ),
        ("a bold digit has a character, and browsers do not read pandoc's mathvariant", [#"inline: \mathbf{1}"#]),
        (
            "boldsymbol keeps letters slanted; pandoc sets them upright",
            [#"inline: \boldsymbol{\theta}"#, #"inline: \boldsymbol{x}"#]
        ),
        (
            "words stay words, which can be searched and read aloud; pandoc replaces their letters",
            [#"inline: \textbf{bold} \textit{italic}"#]
        ),
        (
            "few fonts have a bar that stretches: the line is drawn by CSS",
            [#"inline: \overline{a+b}"#, #"inline: \underline{a}"#]
        ),
        (
            "the space between words is a third of an em in TeX; pandoc takes 4/18",
            [#"inline: a\ b"#, #"inline: a~b"#]
        ),
        (
            "limits are beside the sum in the fraction of a displayed formula (TeXbook, appendix G, rule 13)",
            [
                #"display: q_i = \frac{\exp(z_i / T)}{\sum_j \exp(z_j / T)}"#,
                #"display: \frac{\partial C}{\partial z_i} = \frac{1}{T}(q_i - p_i) = \frac{1}{T}\left(\frac{e^{z_i/T}}{\sum_j e^{z_j/T}} - \frac{e^{v_i/T}}{\sum_j e^{v_j/T}}\right)"#,
            ]
        ),
    ]
}
