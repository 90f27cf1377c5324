/// The structure of a formula without what two writers of MathML may do differently and mean the same:
///
/// 1. attributes, `semantics` and annotations are dropped; `mrow` and `mstyle` dissolve into what holds them;
/// 2. a script belongs to the last element of its base, as in TeX (pandoc groups what stands between
///    parentheses and attaches the script to the group);
/// 3. a word in `mi` is its letters; words lose the white space at their ends, in `mtext` or beside it;
/// 4. what is neither letter nor digit is a sign, be it in `mi` or `mo`;
/// 5. accents are written by their spacing characters, bars by | and ‖;
/// 6. widths of white space are rounded to hundredths of an em.
func normalForm(of element: Element) -> String {
    flattened(element).map(\.description).joined(separator: " ")
}

private struct Node: CustomStringConvertible {
    var name: String
    var text = ""
    var slots: [[Node]] = []

    var description: String {
        guard slots.isEmpty else {
            let parts = slots.map { "[" + $0.map(\.description).joined(separator: " ") + "]" }
            return "\(name)(\(parts.joined(separator: " ")))"
        }
        return "\(name):\(text)"
    }
}

private let slotted: Set = ["mfrac", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mroot"]
private let scripted: Set = ["msub", "msup", "msubsup"]
private let dissolved: Set = ["math", "semantics", "mrow", "mstyle"]

private let characters: [String: String] = [
    "\u{302}": "^", "\u{303}": "~", "\u{203E}": "¯", "\u{20D7}": "→", "\u{307}": "˙", "\u{308}": "¨",
    "\u{332}": "_", "∣": "|", "∥": "‖",
]

private func flattened(_ element: Element) -> [Node] {
    switch element.name {
    case "annotation": return []
    case let name where dissolved.contains(name): return row(element.children)
    case let name where slotted.contains(name):
        var slots = element.children.map { row([$0]) }
        guard scripted.contains(name), let base = slots.first, base.count > 1 else {
            return [Node(name: name, slots: slots)]
        }
        slots[0] = Array(base.suffix(1))
        return base.dropLast() + [Node(name: name, slots: slots)]
    case "msqrt", "mtable", "mtr", "mtd", "mphantom":
        return [Node(name: element.name, slots: [row(element.children)])]
    case "mspace": return [Node(name: "mspace", text: rounded(width(of: element)))]
    default: return leaf(element)
    }
}

private func row(_ elements: [Element]) -> [Node] {
    var nodes: [Node] = []
    for node in elements.flatMap(flattened) {
        let isWordSpace = node.name == "mspace" && node.text == "0.33"
        if isWordSpace, nodes.last?.name == "mtext" { continue }
        if node.name == "mtext", let last = nodes.last, last.name == "mspace", last.text == "0.33" {
            nodes.removeLast()
        }
        nodes.append(node)
    }
    return nodes
}

private func leaf(_ element: Element) -> [Node] {
    let text = characters[element.text] ?? element.text
    switch element.name {
    case "mtext":
        return [Node(name: "mtext", text: text.split { $0 == " " || $0 == "\u{A0}" }.joined(separator: " "))]
    case "mi" where text.allSatisfy(\.isLetter):
        return text.map { Node(name: "mi", text: String($0)) }
    case "mi", "mo":
        let isName = text.unicodeScalars.contains { $0.properties.isAlphabetic }
        return [Node(name: isName ? element.name : "sign", text: text)]
    default:
        return [Node(name: element.name, text: text)]
    }
}

private func width(of space: Element) -> String {
    let margin = space.attributes["style"].map { String($0.trimmingPrefix("margin-left:")) }
    return space.attributes["width"] ?? margin ?? ""
}

private func rounded(_ width: String) -> String {
    guard width.hasSuffix("em"), let value = Double(width.dropLast(2)) else { return width }
    return String((value * 100).rounded() / 100)
}
