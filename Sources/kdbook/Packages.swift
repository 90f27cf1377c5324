import ArgumentParser
import Console
import Engine

/// What a book imports that is no part of it.
struct Packages: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packages",
        abstract: "Resolve and build the Swift packages that cells import.",
        discussion: helpText(
            """
            Packages stand in Notebooks/book.yml:

              packages:
                - url: https://github.com/apple/swift-algorithms
                  from: 1.2.0
                  products: [Algorithms]
                - path: Packages/Mine
                  products: [Mine]

            The first render resolves them, writes Notebooks/packages.lock, which belongs under
            version control, and builds them once.

            Examples:
              kdbook packages update
              kdbook packages build
            """),
        subcommands: [Update.self, Build.self])

    struct Update: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "update",
            abstract: "Resolve the packages anew, write Notebooks/packages.lock, and build them.",
            discussion: helpText(
                """
                Example:
                  kdbook packages update
                """))

        func run() throws {
            let work = try Packages.packageWork()
            for line in try work.update() { Terminal.say(line) }
            try work.prepare()
        }
    }

    struct Build: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "build",
            abstract: "Build the packages as they are locked, where that was not done yet.",
            discussion: helpText(
                """
                Example:
                  kdbook packages build
                """))

        func run() throws { try Packages.packageWork().prepare() }
    }

    fileprivate static func packageWork() throws -> PackageWork {
        let environment = try Environment()
        let store = Store(environment.book)
        try store.prepare()
        return PackageWork(environment.book, environment.installation, store: store) { Terminal.say("kdbook: \($0)") }
    }
}
