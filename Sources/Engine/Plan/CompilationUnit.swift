import Digest
import Notebook

/// One Swift module to be compiled: one of the book's own, the notebook's constants, a cell, or the inline values between two
/// cells.
struct CompilationUnit: Sendable {
    /// A name that the book gives, or `Parameters`, or `Cell` and the cell's number, or `Values` and the number of cells above.
    let module: String
    /// The cell, where it is one.
    let cell: Cell?
    /// The inline values, where it is these.
    var values: [InlineValue] = []
    /// The module of the book's own, where it is one, and which of the notebook's.
    var shared: (module: SharedModule, index: Int)?
    /// Where it is the book's packages: where `book.yml` names the first of them.
    var packages: String?
    let source: String
    /// What the compiler is told for it besides what it is told for every unit.
    var flags: [String] = []
    /// Stands for everything its compilation depends on.
    let key: SHA256Digest
    /// What is wrong with it before it is compiled, in the cell's own lines.
    var problems: [Diagnostic] = []
    var places = SourceMap()
    /// The cells behind it, in case one of them declares what it misses.
    var later: ArraySlice<Cell> = []

    var moduleName: String { "\(module).swiftmodule" }
    var libraryName: String { "lib\(module).\(Installation.libraryEnding)" }

    /// What the kernel calls it: a cell's number, 0 for the constants, a number below for inline values; one below those that
    /// any notebook has for a module of the book's own.
    var number: Int {
        cell?.number ?? values.first.map { -1 - $0.cellsAbove } ?? shared.map { -100_000_000 - $0.index }
            ?? (packages == nil ? 0 : -200_000_000)
    }

    /// The name that compilers give to places in it.
    var fileName: String { CompilationUnit.fileName(ofUnit: number) }

    static func fileName(ofUnit number: Int) -> String {
        number > 0 ? "cell-\(number)" : number == 0 ? "parameters" : "values-\(-1 - number)"
    }

    /// The unit that a compiler's name for a place stands for.
    static func number(ofFile path: String) -> Int? {
        guard let match = path.firstMatch(of: /(?:^|\/)(cell|values)-(\d+)$/), let number = Int(match.2) else {
            return nil
        }
        return match.1 == "cell" ? number : -1 - number
    }

    /// Whether cells behind it see what it declares.
    var isSeenLater: Bool { values.isEmpty && cell?.options.error != true }
}
