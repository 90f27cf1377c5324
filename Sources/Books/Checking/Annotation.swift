import Comparison
import Notebook

/// A problem at a line of a file, for services that show problems beside the text.
package struct Annotation: Hashable, Sendable {
    let path: String
    private(set) var line: Int
    /// What it is about, which stays the same when lines move or values change.
    let subject: String
    let message: String

    /// A difference, with both values.
    init(_ difference: Difference) {
        (path, line, subject) = (difference.path, difference.line, difference.what)
        let words = difference.description(naming: ("recorded", "now"))
        let place = "\(path):\(line): "
        message = words.hasPrefix(place) ? String(words.dropFirst(place.count)) : words
    }

    /// What is wrong with the whole of a file, said at its first line.
    init(_ message: String, of path: String) {
        (self.path, line, subject, self.message) = (path, 1, message, message)
    }

    /// What is wrong with a notebook's text.
    static func all(in error: NotebookError) -> [Annotation] {
        error.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            var annotation = Annotation(diagnostic.message, of: error.path)
            annotation.line = max(1, diagnostic.position.line)
            return annotation
        }
    }
}

/// How a service that runs `kdbook check` is told of problems while it runs.
package enum AnnotationStyle: String, CaseIterable, Sendable {
    /// Workflow commands of GitHub Actions.
    case github

    /// A problem as a line of the service's own language.
    package func line(for annotation: Annotation) -> String {
        switch self {
        case .github:
            "::error file=\(Self.escaped(annotation.path, isProperty: true)),line=\(annotation.line)::"
                + Self.escaped(annotation.message, isProperty: false)
        }
    }

    /// Source: the toolkit of GitHub Actions, which undoes this: `%`, line ends, and in properties `:` and `,`.
    private static func escaped(_ text: String, isProperty: Bool) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            case ":" where isProperty: "%3A"
            case "," where isProperty: "%2C"
            default: String(scalar)
            }
        }.joined()
    }
}
