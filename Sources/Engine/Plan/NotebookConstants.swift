import Notebook

/// The edition and the parameters of a notebook, as the constants of a module that its cells see.
enum NotebookConstants {
    static let module = "Parameters"

    /// The constant that names the edition.
    static let editionName = "edition"

    /// The constants as Swift.
    static func source(edition: String, parameters: [Parameter]) -> String {
        (["let \(editionName): String = \(ParameterValue.text(edition).literal)"]
            + parameters.map { "let \($0.name): \($0.value.typeName) = \($0.value.literal)" })
            .joined(separator: "\n") + "\n"
    }
}
