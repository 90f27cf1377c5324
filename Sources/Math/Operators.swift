/// Operators and fences: the elements that carry distances.
extension MathMLWriter {
    func operatorElement(_ symbol: Symbol, _ style: Style, _ distances: Distances) -> String {
        var attributes: [String: String] = [:]
        if Self.stretchesByItself.contains(symbol.text) { attributes["stretchy"] = "false" }
        if symbol.role == .opening { attributes["form"] = "prefix" }
        if symbol.role == .closing { attributes["form"] = "postfix" }
        if symbol.role == .binary, distances == Distances(), "+−±∓".contains(symbol.text), !style.script {
            attributes["form"] = "prefix"
        } else if distances != standardDistances(of: symbol) {
            attributes.merge(distances.attributes) { first, _ in first }
        }
        // Firefox's dictionary has these in large sizes, as for sums.
        if symbol.role != .largeOperator, "⊕⊖⊗⊘⊙⊎".contains(symbol.text), style.display {
            attributes["largeop"] = "false"
        }
        if symbol.role == .largeOperator, symbol.limits == .always, !style.display {
            attributes["movablelimits"] = "false"
        }
        return element("mo", attributes, children: escaped(symbol.text))
    }

    func function(_ name: String, _ distances: Distances) -> String {
        element("mo", distances.attributes, children: escaped(name))
    }

    /// A delimiter as high as what it encloses.
    func fence(_ delimiter: String, form: String) -> String {
        guard !delimiter.isEmpty else { return "" }
        var attributes = ["form": form, "stretchy": "true", "symmetric": "true"]
        if !Self.paired.contains(delimiter) || form == "infix" {
            attributes.merge(Distances().attributes) { first, _ in first }
        }
        return element("mo", attributes, children: escaped(delimiter))
    }

    func sizedDelimiter(_ delimiter: String, _ tenths: Int, _ role: AtomClass, _ distances: Distances) -> String {
        guard !delimiter.isEmpty else { return element("mrow", children: "") }
        let size = "\(tenths / 10).\(tenths % 10)em"
        var attributes = ["minsize": size, "maxsize": size, "stretchy": "true", "symmetric": "true"]
        attributes.merge(distances.attributes) { first, _ in first }
        return element("mo", attributes, children: escaped(delimiter))
    }

    /// What MathML Core's operator dictionary (appendix B) gives the commonest operators, so that they need
    /// no attributes; the others are given their distances always.
    private func standardDistances(of symbol: Symbol) -> Distances? {
        switch symbol.role {
        case .relation: "=<>≤≥≠≈≡∈→".contains(symbol.text) ? Distances(left: 5, right: 5) : nil
        case .binary: "+−±".contains(symbol.text) ? Distances(left: 4, right: 4) : nil
        case .punctuation: ",;".contains(symbol.text) ? Distances(left: 0, right: 3) : nil
        case .opening, .closing: Self.paired.contains(symbol.text) ? Distances() : nil
        case .ordinary, .largeOperator, .inner: nil
        }
    }

    private static let paired: Set<String> = ["(", ")", "[", "]", "{", "}", "⟨", "⟩", "⌊", "⌋", "⌈", "⌉"]

    private static let stretchesByItself = paired.union(["|", "‖", "∣", "∥", "↑", "↓", "↕", "⇑", "⇓"])
}
