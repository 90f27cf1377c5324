/// What an escape character begins (ECMA-48).
enum ControlSequence {
    /// A control function with its parameters, named by its last character: `m` for Select Graphic Rendition.
    case function(Unicode.Scalar, Parameters)
    /// What changes nothing that a page could show: titles, links, modes of the terminal, sets of characters.
    case ignored
    /// The escape character stands alone.
    case alone

    /// The numbers of a control function: groups between semicolons, each of parts between colons.
    struct Parameters {
        struct Group {
            /// The numbers between colons; where none is written, 0.
            var parts = [0]
            var number: Int { parts[0] }
            func part(_ index: Int) -> Int? { index < parts.count ? parts[index] : nil }
        }

        private(set) var groups = [Group()]

        /// The number at `index`; 0, which stands for one that is left out, where there is none.
        subscript(index: Int) -> Int { index < groups.count ? groups[index].number : 0 }

        /// The first number as one of steps: at least 1.
        var steps: Int { max(1, self[0]) }

        /// How many numbers there are, and how many a control function may have.
        private(set) var count = 1
        static let most = 32

        mutating func addGroup() {
            groups.append(Group())
            count += 1
        }

        mutating func addPart() {
            groups[groups.count - 1].parts.append(0)
            count += 1
        }

        mutating func add(digit: Int) {
            let part = groups[groups.count - 1].parts.count - 1
            let number = groups[groups.count - 1].parts[part] * 10 + digit
            // More than any terminal has of anything.
            groups[groups.count - 1].parts[part] = min(number, 100_000)
        }
    }

    /// Takes what follows an escape character off the beginning of `text`.
    init(_ text: inout Substring.UnicodeScalarView) {
        guard let first = text.first else {
            self = .alone
            return
        }
        switch first {
        case "[":
            text.removeFirst()
            self = ControlSequence.function(&text)
        case "]", "P", "X", "^", "_":
            text.removeFirst()
            ControlSequence.skipString(&text)
            self = .ignored
        case " "..."~":
            while let next = text.first, (" "..."/").contains(next) { text.removeFirst() }
            if let last = text.first, ("0"..."~").contains(last) { text.removeFirst() }
            self = .ignored
        default: self = .alone
        }
    }

    /// Reads parameters and the last character. What a control character breaks off is nothing.
    private static func function(_ text: inout Substring.UnicodeScalarView) -> ControlSequence {
        var parameters = Parameters()
        var isUnknown = false
        while let next = text.first, (" "..."~").contains(next) {
            text.removeFirst()
            switch next {
            case "0"..."9": parameters.add(digit: Int(next.value - 48))
            case ";" where parameters.count < Parameters.most: parameters.addGroup()
            case ":" where parameters.count < Parameters.most: parameters.addPart()
            case "@"..."~": return isUnknown ? .ignored : .function(next, parameters)
            default: isUnknown = true
            }
        }
        return .ignored
    }

    /// Skips a string up to the bell or String Terminator that ends it; one that nothing ends, up to its line's end, so
    /// that it does not hide all that follows.
    private static func skipString(_ text: inout Substring.UnicodeScalarView) {
        while let next = text.first, next != "\n", next != "\r" {
            text.removeFirst()
            if next == "\u{7}" || next == "\u{9C}" { return }
            if next == "\u{1B}" {
                if text.first == "\\" { text.removeFirst() }
                return
            }
        }
    }
}
