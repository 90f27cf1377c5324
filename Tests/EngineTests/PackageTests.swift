import Foundation
import Testing

private let manifest = """
    // swift-tools-version: 6.0
    import PackageDescription
    let package = Package(
        name: "Mine", products: [.library(name: "Mine", targets: ["Mine"])],
        targets: [
            .target(name: "CMine"), .target(name: "Mine", dependencies: ["CMine"], resources: [.copy("words.txt")]),
        ])

    """

private let source = """
    import CMine
    import Foundation
    public func six() -> Int { Int(c_two()) * 3 }
    public func words() throws -> String {
        try String(contentsOf: Bundle.module.url(forResource: "words", withExtension: "txt")!, encoding: .utf8)
    }

    """

/// A package with a macro that speaks the compiler's protocol itself: a length of eight bytes, then JSON.
private let macroPackage = [
    "Package.swift": """
    // swift-tools-version: 6.0
    import CompilerPluginSupport
    import PackageDescription
    let package = Package(
        name: "Mine", products: [.library(name: "Mine", targets: ["Mine"])],
        targets: [.macro(name: "MineMacros"), .target(name: "Mine", dependencies: ["MineMacros"])])

    """,
    "Sources/Mine/Mine.swift": """
    @freestanding(expression) public macro answer() -> Int = #externalMacro(module: "MineMacros", type: "Answer")

    """,
    "Sources/MineMacros/main.swift": ##"""
    import Foundation
    while let header = try FileHandle.standardInput.read(upToCount: 8), header.count == 8 {
        let length = header.reversed().reduce(0) { $0 << 8 | Int($1) }
        let message = String(decoding: try FileHandle.standardInput.read(upToCount: length) ?? Data(), as: UTF8.self)
        let answer =
            message.contains("\"getCapability\"")
            ? #"{"getCapabilityResult":{"capability":{"protocolVersion":7}}}"#
            : #"{"expandMacroResult":{"expandedSource":"42","diagnostics":[]}}"#
        let bytes = Array(answer.utf8)
        FileHandle.standardOutput.write(Data((0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes))
    }

    """##,
]

private func book(_ entry: String = "path: Packages/Mine\n    products: [Mine]\n") throws -> TemporaryBook {
    let book = try TemporaryBook(["a": cell("import Mine\nprint(six(), try words())")])
    try book.write("packages:\n  - " + entry, to: "Notebooks/book.yml")
    try book.write(manifest, to: "Packages/Mine/Package.swift")
    try book.write(source, to: "Packages/Mine/Sources/Mine/Mine.swift")
    try book.write("some words", to: "Packages/Mine/Sources/Mine/words.txt")
    try book.write("int c_two(void);\n", to: "Packages/Mine/Sources/CMine/include/CMine.h")
    try book.write("#include \"CMine.h\"\nint c_two(void) { return 2; }\n", to: "Packages/Mine/Sources/CMine/two.c")
    return book
}

extension EndToEnd {
    @Suite(.serialized) struct PackageTests {
        @Test func cellsImportAPackageOfTheBookWithModulesOfCAndResources() throws {
            let book = try book()
            let first = try book.run("render")
            #expect(first.status == 0 && first.output.contains("building packages"), "\(first)")
            #expect(try book.record("a").cells[0].displays == [.text("6 some words\n")])
            try book.write(cell("import Mine\nprint(six() + 1)"), to: "Notebooks/b.md")
            let second = try book.run("render")
            #expect(second.output.contains("Notebooks/a.md: page only"), "\(second)")
            #expect(!second.output.contains("building packages"))
            // What the compiler has read of C lies beside the packages, so that no cell has to read it again.
            let read = book.files(in: ".kdbook/cells").keys.filter { $0.hasSuffix(".pcm") && $0.contains("/CMine-") }
            #expect(read.count == 1 && read.allSatisfy { $0.contains("/modules-") })
            #expect(try book.record("b").cells[0].displays == [.text("7\n")])
        }

        @Test func aChangeOfThePackageRunsWhatImportsIt() throws {
            let book = try book()
            #expect(try book.run("render").status == 0)
            try book.write(source.replacing("* 3", with: "* 4"), to: "Packages/Mine/Sources/Mine/Mine.swift")
            #expect(try book.run("render").output.contains("1 rendered"))
            #expect(try book.record("a").cells[0].displays == [.text("8 some words\n")])
            try book.write("public func six() -> Int { nope }\n", to: "Packages/Mine/Sources/Mine/Mine.swift")
            let broken = try book.run("render")
            #expect(broken.status == 1)
            #expect(broken.errors.hasPrefix("Notebooks/book.yml:2:5: error: cannot be compiled: "), "\(broken)")
            #expect(broken.errors.contains("Mine.swift:1:28: error: cannot find 'nope' in scope"))
        }

        @Test func cellsUseMacrosOfAPackage() throws {
            let book = try TemporaryBook([
                "a": cell("import Mine\nprint(#answer)"), "b": cell("import Mine\nprint(#answer + 1)"),
            ])
            try book.write("packages:\n  - path: Packages/Mine\n    products: [Mine]\n", to: "Notebooks/book.yml")
            for (path, text) in macroPackage { try book.write(text, to: "Packages/Mine/" + path) }
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(try book.record("a").cells[0].displays == [.text("42\n")])
            #expect(try book.record("b").cells[0].displays == [.text("43\n")])
        }

        @Test func aProductThatThereIsNotIsToldAtItsLine() throws {
            let outcome = try book("path: Packages/Mine\n    products: [Yours]\n").run("render")
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("Notebooks/book.yml:2:5: error: "), "\(outcome)")
            #expect(outcome.errors.contains("the package has no product `Yours`"))
        }

        @Test func aFolderWithoutAPackageIsToldAtItsLine() throws {
            let outcome = try book("path: Packages/Other\n    products: [Other]\n").run("render")
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("Notebooks/book.yml:2:5: error: cannot be found: there is no package in"))
        }

        @Test func resourcesThatWereDamagedAreMadeAgain() throws {
            let book = try book()
            #expect(try book.run("render").status == 0)
            let kept = book.files(in: ".kdbook/cells").keys.filter { $0.hasSuffix(".resources/words.txt") }
            #expect(kept.count == 1)
            for file in kept { try book.write("other words", to: ".kdbook/cells/" + file) }
            let outcome = try book.run("render", "--force")
            #expect(outcome.status == 0 && outcome.output.contains("building packages"), "\(outcome)")
            #expect(try book.record("a").cells[0].displays == [.text("6 some words\n")])
        }

        @Test func aModuleThatCellsHaveAlreadyIsRefusedAtTheEntryOfItsPackage() throws {
            let book = try book()
            try book.write(
                manifest.replacing(
                    ".target(name: \"CMine\")", with: ".target(name: \"CMine\"), .target(name: \"Charts\")"
                )
                .replacing("targets: [\"Mine\"]", with: "targets: [\"Mine\", \"Charts\"]"),
                to: "Packages/Mine/Package.swift")
            try book.write("public let charts = 1\n", to: "Packages/Mine/Sources/Charts/Charts.swift")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(outcome.errors.hasPrefix("Notebooks/book.yml:2:5: error: "), "\(outcome)")
            #expect(
                outcome.errors.contains("it brings a module `Charts`, and kdbook has one of that name"), "\(outcome)")
        }

        @Test func aModuleOfTheBooksOwnHasTheNameOfNoPackagesModule() throws {
            let book = try book()
            try book.write("public let mine = 1\n", to: "Sources/Mine/Mine.swift")
            let product = try book.run("render")
            #expect(product.status == 1)
            #expect(
                product.errors.contains("Sources/Mine: error: cannot be read: there is a module `Mine` already"),
                "\(product)")
            try book.remove("Sources/Mine")
            try book.write(
                manifest.replacing(
                    ".target(name: \"CMine\")", with: ".target(name: \"CMine\"), .target(name: \"Inner\")"
                )
                .replacing("dependencies: [\"CMine\"]", with: "dependencies: [\"CMine\", \"Inner\"]"),
                to: "Packages/Mine/Package.swift")
            try book.write("public let inner = 1\n", to: "Packages/Mine/Sources/Inner/Inner.swift")
            try book.write("public let inner = 2\n", to: "Sources/Inner/Inner.swift")
            try book.write(cell("import Mine\nimport Inner\nprint(inner)"), to: "Notebooks/a.md")
            let module = try book.run("render")
            #expect(module.status == 1)
            #expect(
                module.errors.contains("Sources/Inner: error: cannot be compiled: a package brings a module `Inner`"),
                "\(module)")
        }

        @Test func anImportThatFindsNoModuleNamesTheNearestOrSaysWhereModulesComeFrom() throws {
            let book = try book()
            try book.write(cell("import Mien\nprint(six())"), to: "Notebooks/a.md")
            let near = try book.run("render")
            #expect(
                inOrder(
                    ["Notebooks/a.md:2:8: error: no such module 'Mien'", "note: did you mean `Mine`?"], in: near.errors),
                "\(near)")
            try book.write(cell("import SwiftUIComponents"), to: "Notebooks/a.md")
            let far = try book.run("render")
            #expect(far.errors.contains("note: `packages` in Notebooks/book.yml names the packages"), "\(far)")
        }

        @Test func aLockThatDoesNotFitIsRefused() throws {
            let book = try book()
            #expect(try book.run("render").status == 0)
            let lock = try book.read("Notebooks/packages.lock").replacing("Packages/Mine", with: "Packages/Other")
            try book.write(lock, to: "Notebooks/packages.lock")
            let outcome = try book.run("render")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("Notebooks/book.yml:2:5: error: cannot be resolved: "), "\(outcome)")
            #expect(outcome.errors.contains("`kdbook packages update`"))
            #expect(try book.run("packages", "update").status == 0)
            #expect(try book.run("render").status == 0)
        }

        @Test func whatAManifestLeavesBehindEndsWithTheBuild() throws {
            let book = try book()
            let seconds = "86400.\(UInt32.random(in: 100_000...999_999))"
            let leaving = """
                // swift-tools-version: 6.0
                import Foundation
                import PackageDescription
                let shell = Process()
                shell.executableURL = URL(fileURLWithPath: "/bin/sh")
                shell.arguments = ["-c", "setsid sleep \(seconds) < /dev/null > /dev/null 2>&1 & echo left > $HOME/../left"]
                try shell.run()
                let left = ProcessInfo.processInfo.environment["HOME", default: ""] + "/../left"
                while !FileManager.default.fileExists(atPath: left) { usleep(10_000) }

                """
            let declared = manifest.split(separator: "\n").dropFirst(2).joined(separator: "\n")
            try book.write(leaving + declared, to: "Packages/Mine/Package.swift")
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(book.files(in: ".kdbook").keys.contains { $0.hasSuffix("/left") })
            let processes = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }
            let commands = processes.compactMap { try? String(contentsOfFile: "/proc/\($0)/cmdline", encoding: .utf8) }
            #expect(!commands.contains { $0.contains("sleep") && $0.contains(seconds) })
        }

        @Test func aManifestReachesNeitherTheBookNorTheUsersFiles() throws {
            let book = try book()
            try book.write("secret", to: "secret.txt")
            let spying = """
                // swift-tools-version: 6.0
                import Foundation
                import PackageDescription
                let found = (try? String(contentsOfFile: "\(book.root)/secret.txt", encoding: .utf8)) ?? "nothing"
                let wrote = FileManager.default.createFile(atPath: "\(book.root)/written.txt", contents: Data())
                let package = Package(
                    name: "Mine", products: [.library(name: "Mine", targets: ["Mine"])],
                    targets: [
                        .target(name: "CMine"),
                        .target(
                            name: "Mine", dependencies: ["CMine"], resources: [.copy("words.txt")],
                            swiftSettings: [.define("FOUND_" + found), .define("WROTE_\\(wrote)")]),
                    ])

                """
            try book.write(spying, to: "Packages/Mine/Package.swift")
            try book.write(
                source + "#if FOUND_nothing && WROTE_false\npublic let isHeld = true\n#endif\n",
                to: "Packages/Mine/Sources/Mine/Mine.swift")
            try book.write(cell("import Mine\nprint(isHeld)"), to: "Notebooks/a.md")
            let outcome = try book.run("render")
            #expect(outcome.status == 0, "\(outcome)")
        }
    }

    @Suite(.serialized) struct PackageVersionTests {
        /// A book whose package lies in a repository that git takes in place of an address.
        private func remote() throws -> (book: TemporaryBook, settings: [String: String]) {
            let book = try book("url: https://packages.invalid/one/Mine\n    exact: 1.0.0\n    products: [Mine]\n")
            try book.write(
                "[url \"\(book.root)/Packages/\"]\n\tinsteadOf = https://packages.invalid/one/\n"
                    + "[safe]\n\tdirectory = *\n[user]\n\tname = A\n\temail = a@example.org\n", to: "git")
            let settings = ["GIT_CONFIG_GLOBAL": book.root + "/git"]
            try git(["init", "-q"], book, settings)
            try git(["add", "-A"], book, settings)
            try git(["commit", "-qm", "one"], book, settings)
            try git(["tag", "1.0.0"], book, settings)
            return (book, settings)
        }

        private func git(_ words: [String], _ book: TemporaryBook, _ settings: [String: String]) throws {
            let outcome = try Outcome.running(
                "/usr/bin/git", words, in: book.root + "/Packages/Mine", environment: settings)
            #expect(outcome.status == 0, "\(outcome)")
        }

        @Test func aVersionIsResolvedOnceAndATagThatMovedIsRefused() throws {
            let (book, settings) = try remote()
            let first = try book.run("render", environment: settings)
            #expect(first.status == 0, "\(first)")
            #expect(try book.read("Notebooks/packages.lock").contains("\"version\" : \"1.0.0\""))
            try book.write("other words", to: "Packages/Mine/Sources/Mine/words.txt")
            try git(["commit", "-qam", "two"], book, settings)
            try git(["tag", "-f", "1.0.0"], book, settings)
            #expect(try book.run("render", environment: settings).status == 0)
            #expect(try book.run("clean", "--cache").status == 0)
            let moved = try book.run("render", "--force", environment: settings)
            #expect(moved.status == 1)
            #expect(moved.errors.hasPrefix("Notebooks/book.yml:2:5: error: "), "\(moved)")
            #expect(moved.errors.contains("its tag was moved"))
        }

        @Test func aSecondCloneWithLockAndStoreHasTheSameKeysAndBuildsNothing() throws {
            let (book, settings) = try remote()
            #expect(try book.run("render", environment: settings).status == 0)
            let clone = try TemporaryBook()
            for folder in ["Notebooks", ".kdbook"] {
                try? FileManager.default.removeItem(atPath: clone.root + "/" + folder)
                try FileManager.default.copyItem(
                    atPath: book.root + "/" + folder, toPath: clone.root + "/" + folder)
            }
            let keys = [book, clone].map { $0.files(in: ".kdbook/cells").keys.filter { !$0.contains("/") }.sorted() }
            #expect(keys[0] == keys[1])
            // Its address leads nowhere without the settings, and resources lie beside the library alone.
            try book.remove(".kdbook")
            let outcome = try clone.run("render", "--force")
            #expect(outcome.status == 0, "\(outcome)")
            #expect(!outcome.output.contains("packages"), "\(outcome)")
            #expect(try clone.record("a").cells[0].displays == [.text("6 some words\n")])
            #expect(Set(clone.files(in: ".kdbook/cells").keys.filter { !$0.contains("/") }) == Set(keys[0]))
        }

        @Test func aVersionThatThereIsNotAndAPackageThatThereIsNotAreTold() throws {
            let (book, settings) = try remote()
            let entry =
                "packages:\n  - url: https://packages.invalid/one/Mine\n    exact: 3.0.0\n    products: [Mine]\n"
            try book.write(entry, to: "Notebooks/book.yml")
            let version = try book.run("render", environment: settings)
            #expect(version.status == 1 && version.errors.contains("there is no such version"), "\(version)")
            try book.write(entry.replacing("one/Mine", with: "one/Yours"), to: "Notebooks/book.yml")
            let package = try book.run("render", environment: settings)
            #expect(package.status == 1 && package.errors.contains("there is no such package"), "\(package)")
            #expect(package.errors.hasPrefix("Notebooks/book.yml:2:5: error: "))
        }
    }
}
