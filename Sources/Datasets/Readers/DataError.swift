/// Why a data file cannot be used: which file, where in it, what is wrong there and what to do about it.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where in the uncompressed content a fault lies.
    public enum Place: Hashable, Sendable {
        /// The line, counted from 1.
        case line(Int)
        /// The line and the character in it, both counted from 1.
        case position(line: Int, column: Int)
        /// How many bytes lie before it.
        case byte(Int)
    }

    /// The file's path as it was given.
    public let file: String
    /// `nil` where it is the file as a whole.
    public let place: Place?
    /// What is wrong, in words.
    public let cause: String
    /// What to do about it.
    public let cure: String

    package init(_ file: String, at place: Place? = nil, _ cause: String, cure: String) {
        self.file = file
        self.place = place
        self.cause = cause
        self.cure = cure
    }

    /// One line: the file, the place, the cause, the cure.
    public var description: String {
        let place: String =
            switch place {
            case .line(let line): ":\(line): error: "
            case .position(let line, let column): ":\(line):\(column): error: "
            case .byte(let offset): ": error: at byte \(offset): "
            case nil: ": error: "
            }
        return String("\(file)\(place)\(cause); \(cure)".map { $0.isNewline ? "␤" : $0 })
    }
}

/// A word of a file as an error shows it: in quotation marks, and no longer than a line bears.
package func quoted(_ text: some StringProtocol) -> String {
    text.count > 40 ? "`\(text.prefix(40))…`" : "`\(text)`"
}
