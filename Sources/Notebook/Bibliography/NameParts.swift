extension PersonName {
    /// The names between the words `and`, braces kept together.
    static func separated(_ text: String) -> [String] {
        var names: [[Substring]] = [[]]
        var depth = 0
        for word in text.split(whereSeparator: \.isWhitespace) {
            if depth == 0 && word.lowercased() == "and" {
                names.append([])
            } else {
                names[names.count - 1].append(word)
            }
            depth += word.count { $0 == "{" } - word.count { $0 == "}" }
        }
        return names.map { $0.joined(separator: " ") }
    }

    /// Reads `Family, Given`, `Family, Jr., Given`, `Given von Family`, `{A body of persons}` or `family=…, given=…`. What
    /// stands in braces is one word.
    init(bibTeX text: String, at position: SourcePosition) throws(BibTeXReader.Failure) {
        let parts = PersonName.split(text, at: { $0 == "," })
        if parts.count > 1 || text.contains("="), let named = try PersonName.named(parts, at: position) {
            self = named
        } else {
            switch parts.count {
            case 1:
                let words = PersonName.split(parts[0], at: \.isWhitespace).filter { !$0.isEmpty }
                // A family name begins with its first small particle: `Laurens van der Maaten`.
                let particle = words.dropFirst().dropLast().firstIndex { $0.first?.isLowercase == true }
                let start = max(0, particle ?? words.count - 1)
                self.init(
                    family: try plainText(ofTeX: words.dropFirst(start).joined(separator: " "), at: position),
                    given: try plainText(ofTeX: words.prefix(start).joined(separator: " "), at: position))
            case 2:
                self.init(
                    family: try plainText(ofTeX: parts[0], at: position),
                    given: try plainText(ofTeX: parts[1], at: position))
            case 3:
                self.init(
                    family: try plainText(ofTeX: parts[0], at: position),
                    given: try plainText(ofTeX: parts[2], at: position),
                    suffix: try plainText(ofTeX: parts[1], at: position))
            default:
                throw BibTeXReader.Failure(
                    position: position,
                    message: "expected a name such as `Hinton, Geoffrey`, found `\(text)`: names are parted by `and`")
            }
        }
        if family.isEmpty {
            throw BibTeXReader.Failure(position: position, message: "a name is missing beside `and`")
        }
    }

    /// BibLaTeX's names with their parts told: `family=Hinton, given=Geoffrey`.
    private static func named(_ parts: [String], at position: SourcePosition) throws(BibTeXReader.Failure)
        -> PersonName?
    {
        var values: [String: String] = [:]
        for part in parts {
            guard let match = part.wholeMatch(of: /\s*(family|given|suffix|prefix|useprefix|given-i|family-i)\s*=(.*)/)
            else {
                return nil
            }
            values[String(match.1)] = try plainText(ofTeX: String(match.2), at: position)
        }
        let family = [values["prefix"], values["family"]].compactMap(\.self).joined(separator: " ")
        return PersonName(family: family, given: values["given"] ?? "", suffix: values["suffix"] ?? "")
    }

    /// The pieces between characters that stand outside of braces.
    private static func split(_ text: String, at isSeparator: (Character) -> Bool) -> [String] {
        var pieces = [""]
        var depth = 0
        for character in text {
            if depth == 0 && isSeparator(character) {
                pieces.append("")
                continue
            }
            if character == "{" { depth += 1 }
            if character == "}" { depth -= 1 }
            pieces[pieces.count - 1].append(character)
        }
        return pieces
    }
}
