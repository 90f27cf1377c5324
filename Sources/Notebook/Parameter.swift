/// A named value of a notebook that cells read as a constant.
public struct Parameter: Sendable, Hashable {
    /// The name that cells read the constant by.
    public let name: String
    /// The value in this notebook or edition; its type is the constant's.
    public var value: ParameterValue
    /// Where the value stands in the notebook.
    public let position: SourcePosition

    /// Whether `text` can be a parameter's name: a plain Swift identifier.
    static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first else { return false }
        return (first.properties.isXIDStart || first == "_")
            && text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue } && !reserved.contains(text)
    }

    /// Swift's reserved words, the types of constants, and the constant that every notebook has.
    private static let reserved: Set<String> = [
        "_", "Any", "Bool", "Double", "Int", "Self", "String", "as", "associatedtype", "await", "break", "case",
        "catch",
        "class", "continue", "default", "defer", "deinit", "do", "edition", "else", "enum", "extension", "fallthrough",
        "false", "fileprivate", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let",
        "nil", "operator", "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self",
        "static", "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var",
        "where",
        "while",
    ]
}

/// The value of a parameter; its kind becomes the constant's type.
public enum ParameterValue: Sendable, Hashable {
    case whole(Int)
    case real(Double)
    case truth(Bool)
    case text(String)

    /// The value that an unquoted word of YAML stands for.
    init(plain text: String) {
        if let value = Int(text) {
            self = .whole(value)
        } else if let value = Double(text), value.isFinite {
            self = .real(value)
        } else if let value = Bool(text) {
            self = .truth(value)
        } else {
            self = .text(text)
        }
    }

    /// This value's kind with what `text` says; `nil` where the text is of another kind.
    public func replaced(by text: String) -> ParameterValue? {
        switch self {
        case .whole: Int(text).map(ParameterValue.whole)
        case .real: Double(text).flatMap { $0.isFinite ? .real($0) : nil }
        case .truth: Bool(text).map(ParameterValue.truth)
        case .text: .text(text)
        }
    }

    /// The type's name in Swift.
    public var typeName: String {
        switch self {
        case .whole: "Int"
        case .real: "Double"
        case .truth: "Bool"
        case .text: "String"
        }
    }

    /// The value as Swift source.
    public var literal: String {
        switch self {
        case .whole(let value): String(value)
        case .real(let value): String(value)
        case .truth(let value): String(value)
        case .text(let value):
            "\""
                + value.unicodeScalars.map {
                    $0.value < 0x20 || "\\\"".unicodeScalars.contains($0)
                        ? "\\u{\(String($0.value, radix: 16))}" : String($0)
                }.joined() + "\""
        }
    }
}
