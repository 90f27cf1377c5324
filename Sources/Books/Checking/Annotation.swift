package import Comparison

/// How a service that runs `kdbook check` is told of differences, so that it shows them at the notebooks' lines.
package enum AnnotationStyle: String, CaseIterable, Sendable {
    /// Workflow commands of GitHub Actions.
    case github

    /// A difference as a line of the service's own language.
    package func line(for difference: Difference) -> String {
        let words = difference.description(naming: ("recorded", "now"))
        let place = "\(difference.path):\(difference.line): "
        let message = words.hasPrefix(place) ? String(words.dropFirst(place.count)) : words
        return annotation(message, path: difference.path, line: difference.line)
    }

    /// What is wrong at a line of a file.
    package func annotation(_ message: String, path: String, line: Int) -> String {
        switch self {
        case .github:
            "::error file=\(Self.escaped(path, isProperty: true)),line=\(line)::\(Self.escaped(message, isProperty: false))"
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
