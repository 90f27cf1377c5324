import Notebook

extension CellOptions {
    /// How the end of a cell that was to fail differs from what was expected of it; `nil` where it does not.
    func surprise(failed: Bool, _ diagnostics: [Diagnostic]) -> String? {
        guard error else { return nil }
        let option = errorText.map { "`error: \"\($0)\"`" } ?? "`error: true`"
        guard failed else { return "the cell was to fail (\(option)) but ran to its end" }
        guard let errorText else { return nil }
        let messages = diagnostics.filter { $0.severity == .error }.map(\.message)
        guard !messages.contains(where: { $0.contains(errorText) }) else { return nil }
        return "the cell was to fail with a message that contains `\(errorText)`, but said "
            + messages.map { "`\($0)`" }.joined(separator: ", ")
    }
}
