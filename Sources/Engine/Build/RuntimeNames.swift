/// Lets a cell's types have the names at run time that they have in one file: `main.Planet`, whatever cell declares them.
///
/// Swift's runtime reads a type's name from descriptors in the library (its ABI, `docs/ABI/TypeMetadata.rst` of the compiler): each leads
/// to that of what it is declared in, and at the end to the module's, which holds the module's name.
struct RuntimeNames {
    private var library: SharedLibrary

    /// What one file's module is called.
    static let module = "main"

    init(_ library: SharedLibrary) { self.library = library }

    /// The library with the names of one file.
    var corrected: SharedLibrary {
        var names = self
        names.renameModules()
        names.liftExtensions()
        return names.library
    }

    /// The library exports the function `main`, so that its name lies in it.
    private mutating func renameModules() {
        guard let name = library.address(ofText: Self.module) else { return }
        for (symbol, address) in library.symbols where symbol.wholeMatch(of: #/\$s\d+(Cell|Values)\d+MXM/#) != nil {
            library.setDistance(at: address + 8, to: name)
        }
    }

    /// In one file an extension of a type of the same file is no place of its own: what it declares belongs to the type.
    private mutating func liftExtensions() {
        let extensions = library.symbols.filter { $0.key.wholeMatch(of: #/\$s\d+Cell\d+.*MXE/#) != nil }
        var types: [Int: Int] = [:]
        for (symbol, address) in extensions { types[address] = typeSlot(ofExtension: address, named: symbol) }
        guard !types.isEmpty else { return }
        for (symbol, address) in library.symbols where symbol.hasPrefix("$s") && symbol.hasSuffix("Mn") {
            guard let parent = library.target(ofDistanceAt: address + 4), let slot = types[parent] else { continue }
            // An odd distance leads to a place that holds the address.
            library.setDistance(at: address + 4, to: slot + 1)
        }
    }

    /// The place that holds the address of the extended type's descriptor; `nil` where the extension is for some of a generic
    /// type's parameters.
    private func typeSlot(ofExtension address: Int, named symbol: String) -> Int? {
        let isGeneric: Int = 0x80
        guard let flags = library.number(at: address), flags & 0x1F == 1, flags & isGeneric == 0,
            let name = library.target(ofDistanceAt: address + 8),
            // The type's mangled name is nothing but a reference through that place.
            library.byte(at: name) == 2, library.byte(at: name + 5) == 0
        else { return nil }
        return library.target(ofDistanceAt: name + 1)
    }
}
