import Console
import ArgumentParser

/// How the documentation of a package is tested.
struct DocumentationChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Test the fences of Swift in documents of the package in this folder, instead of a book's notebooks.",
            valueName: "folder"))
    var package: String?

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp(
            "With --package: a module that every fence imports besides the package's own, such as Foundation; may stand "
                + "several times.", valueName: "module"))
    var imports: [String] = []

    @Flag(help: "With --package: write the label `skip` before each fence that does not compile.")
    var label = false
}
