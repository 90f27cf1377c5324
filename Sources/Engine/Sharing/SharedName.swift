/// The place in the store of a file that machines share.
///
/// Whoever hands over a store chooses the names in it; those that this type has no case for are refused, so that no name leads
/// out of the store or to a part of it that is not shared.
struct SharedName: Hashable, Sendable {
    /// The folders of the store that are shared.
    enum Part: String, CaseIterable, Sendable {
        case cells, twins, plans, records, figures

        /// What an entry of it is called in words.
        var noun: String {
            switch self {
            case .cells: "compiled cell"
            case .twins: "compilation by content"
            case .plans: "plan"
            case .records: "record"
            case .figures: "picture"
            }
        }

        var nouns: String { self == .twins ? "compilations by content" : noun + "s" }
    }

    /// Which file of its entry it is.
    enum Role: Hashable, Sendable {
        /// All there is of the entry.
        case whole
        /// What a record was made under, which differs from machine to machine.
        case circumstances
        /// A file of a compiled cell, by its name.
        case unit(file: String)
    }

    let part: Part
    /// The key that the entry stands under, or its digest.
    let key: String
    let role: Role

    init(_ part: Part, _ key: String, _ role: Role = .whole) {
        self.part = part
        self.key = key
        self.role = role
    }

    /// - Parameter text: `records/KEY.json`, from the store's folder; `nil` where it is no name of a shared file.
    init?(_ text: String) {
        let names = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let part = names.first.flatMap(Part.init(rawValue:)) else { return nil }
        if part == .cells {
            guard names.count == 3, SharedName.isDigest(names[1]), SharedName.isFileOfUnit(names[2]) else { return nil }
            self.init(.cells, names[1], .unit(file: names[2]))
        } else {
            guard names.count == 2 else { return nil }
            let endings: [(String, Role)] =
                switch part {
                case .records: [(SharedName.circumstances, .circumstances), (".json", .whole)]
                case .figures: [(".png", .whole)]
                case .cells, .twins, .plans: [(".json", .whole)]
                }
            guard let (ending, role) = endings.first(where: { names[1].hasSuffix($0.0) }) else { return nil }
            let key = String(names[1].dropLast(ending.count))
            guard SharedName.isDigest(key) else { return nil }
            self.init(part, key, role)
        }
    }

    private static let circumstances = ".circumstances.json"

    /// From the store's folder.
    var path: String {
        switch (part, role) {
        case (.cells, .unit(let file)): "\(part.rawValue)/\(key)/\(file)"
        case (_, .circumstances): "\(part.rawValue)/\(key)\(SharedName.circumstances)"
        case (.figures, _): "\(part.rawValue)/\(key).png"
        case (_, _): "\(part.rawValue)/\(key).json"
        }
    }

    /// Whether all machines have the same under this name.
    ///
    /// The compiler writes a module anew each time: its debug scopes are in the order of their addresses (Swift 6.3.1,
    /// `-experimental-serialize-debug-info`). So a module, and a note with its digest, go with their library. Which of several
    /// cells that had the same to go on was compiled first differs, too.
    var isTheSameEverywhere: Bool {
        switch (part, role) {
        case (.twins, _), (_, .circumstances): false
        case (_, .unit(let file)): file.hasPrefix("lib")
        case (_, .whole): true
        }
    }

    /// Whether it is 64 lower-case hexadecimal digits.
    static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// `unit.json`, `Cell3.swiftmodule` or `libCell3.so`.
    static func isFileOfUnit(_ name: String) -> Bool {
        if name == Store.note { return true }
        let library = "." + Installation.libraryEnding
        if name.hasPrefix("lib"), name.hasSuffix(library) { return isModule(name.dropFirst(3).dropLast(library.count)) }
        return name.hasSuffix(".swiftmodule") && isModule(name.dropLast(12))
    }

    private static func isModule(_ name: Substring) -> Bool {
        (1...128).contains(name.utf8.count)
            && name.utf8.allSatisfy { $0 == 95 || (48...57).contains($0) || (65...90).contains($0 & 0xDF) && $0 < 128 }
    }
}

/// What is shared or refused as one: a compiled cell with its files, or a single file.
package struct SharedEntry: Hashable, Sendable {
    let part: SharedName.Part
    let key: String
    /// Whether it is what a record was made under.
    package let isOfCircumstances: Bool

    init(_ name: SharedName) {
        (part, key, isOfCircumstances) = (name.part, name.key, name.role == .circumstances)
    }

    /// Its name in the store, as messages have it.
    package var name: String {
        part == .cells
            ? "\(part.rawValue)/\(key)" : SharedName(part, key, isOfCircumstances ? .circumstances : .whole).path
    }
}
