package import Notebook

/// A request that cannot be carried out as it was made.
package struct UsageError: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
}

/// Throws where `edition` or a name in `settings` is none that a notebook of the book has.
///
/// - Parameter matters: the front matter of all notebooks; read only where something but the default is asked for.
package func checkRequest(
    edition: String, settings: [String: String], matters: @autoclosure () -> [FrontMatter]
) throws(UsageError) {
    guard !settings.isEmpty || edition != BookRenderer.defaultEdition else { return }
    let matters = matters()
    let editions = Set(matters.flatMap(\.editions.keys)).union([BookRenderer.defaultEdition])
    guard editions.contains(edition) else {
        throw UsageError(
            description: "--edition \(edition): the book has \(editions.sorted().joined(separator: ", "))")
    }
    let known = matters.flatMap(\.parameters)
    let parameters = Set(known.map(\.name))
    for (name, setting) in settings.sorted(by: { $0.key < $1.key }) {
        let meant = known.filter { $0.name == name }
        if let first = meant.first, !meant.contains(where: { $0.value.replaced(by: setting) != nil }) {
            throw UsageError(
                description: "--set \(name)=\(setting): the parameter is of type \(first.value.typeName)")
        }
        guard meant.isEmpty else { continue }
        let near = nearestName(to: name, in: parameters).map { "did you mean `\($0)`?" }
        let known =
            parameters.isEmpty ? "the book has none" : "known are \(parameters.sorted().joined(separator: ", "))"
        throw UsageError(description: "--set \(name)=…: no notebook has such a parameter; \(near ?? known)")
    }
}
