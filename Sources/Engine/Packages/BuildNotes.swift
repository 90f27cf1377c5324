import Foundation

/// What Swift's package manager noted of a build: the command that compiled each module.
struct BuildNotes {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The programs that expand the packages' macros, each with `#` and its module.
    var plugins: [String] {
        Set(text.matches(of: /"-load-plugin-executable","-Xfrontend","([^"\\]+#[A-Za-z0-9_]+)"/).map { String($0.1) })
            .sorted()
    }

    /// What the compiler was told for a module about modules of C.
    func importFlags(of module: String) -> [String] {
        let arguments = list("args", ofModule: module)
        let forC = zip(arguments, arguments.dropFirst()).filter { $0.0 == "-Xcc" }.map(\.1)
        return forC.filter { $0.hasPrefix(BuildNotes.mapFlag) || $0 == "-I" || $0.hasPrefix("/") }
    }

    /// The files that describe the modules of C which a module may import.
    func moduleMaps(of module: String) -> [String] {
        importFlags(of: module).filter { $0.hasPrefix(BuildNotes.mapFlag) }
            .map { String($0.dropFirst(BuildNotes.mapFlag.count)) }
    }

    /// The files that a module was compiled from, and those that had to be there before.
    func inputs(of module: String) -> [String] { list("inputs", ofModule: module) }

    private static let mapFlag = "-fmodule-map-file="

    private func list(_ name: String, ofModule module: String) -> [String] {
        let command = text.components(separatedBy: "\n  \"").first {
            $0.hasPrefix("C.\(module)-") && $0.prefix { $0 != "\n" }.hasSuffix(".module\":")
        }
        let start = "    \(name): "
        guard let line = command?.split(separator: "\n").first(where: { $0.hasPrefix(start) }) else { return [] }
        return (try? JSONDecoder().decode([String].self, from: Data(line.dropFirst(start.count).utf8))) ?? []
    }
}
