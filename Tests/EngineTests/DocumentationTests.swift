import Foundation
import Testing

private let manifest = """
    // swift-tools-version: 6.0
    import PackageDescription
    let package = Package(
        name: "Mine", products: [.library(name: "Mine", targets: ["Mine"])],
        targets: [.target(name: "CMine"), .target(name: "Mine", dependencies: ["CMine"])])

    """

private let source = """
    import CMine
    /// ```swift
    /// six() // 7
    /// ```
    public func six() -> Int { Int(c_two()) * 3 }
    public func colours() -> [String] { ["red", "green"] }

    """

/// One build of the package serves all tests: documents are no part of it.
private let built = Result { try package() }

private func package(_ files: [String: String] = [:]) throws -> TemporaryBook {
    let folder = try TemporaryBook()
    try folder.write(manifest, to: "Mine/Package.swift")
    try folder.write(source, to: "Mine/Sources/Mine/Mine.swift")
    try folder.write("int c_two(void);\n", to: "Mine/Sources/CMine/include/CMine.h")
    try folder.write("#include \"CMine.h\"\nint c_two(void) { return 2; }\n", to: "Mine/Sources/CMine/two.c")
    for (path, text) in files { try folder.write(text, to: "Mine/" + path) }
    return folder
}

/// The package that is built, with these documents alone.
private func documents(_ files: [String: String]) throws -> TemporaryBook {
    let folder = try built.get()
    for old in folder.files(in: "Mine").keys where old.hasSuffix(".md") || old.hasSuffix(".tutorial") {
        try folder.remove("Mine/" + old)
    }
    for (path, text) in files { try folder.write(text, to: "Mine/" + path) }
    return folder
}

private func fence(_ code: String, _ labels: String = "") -> String { "```swift\(labels)\n\(code)\n```\n\n" }

extension TemporaryBook {
    /// Tests documents of the package in `Mine`.
    fileprivate func check(_ arguments: String...) throws -> Outcome {
        try Outcome.running(
            Installed.prefix + "/bin/kdbook", ["check"] + arguments + ["--package", "."], in: root + "/Mine",
            environment: ["XDG_CACHE_HOME": root + "/cache"], timeLimit: 300)
    }
}

extension EndToEnd {
    @Suite(.serialized) struct DocumentationTests {
        @Test func fencesThatHoldAreCountedAndNothingElseIsSaid() throws {
            let text =
                fence("import Mine\nprint(six()) // Prints \"6\"")
                + fence("let colors = colours()\n// colors == [\"red\", \"green\"]")
                + "It goes on:\n\n" + fence("for c in colors { print(c) }") + "```text\nred\ngreen\n```\n"
                + fence("let x: Int = \"a\" // error: cannot convert value of type 'String'")
                + fence("colors[5] // Runtime error: Index out of range") + fence("func f()", " skip")
                + fence("while true {}", " compile") + fence("fatalError()", " error")
            let folder = try documents(["README.md": text])
            let outcome = try folder.check()
            #expect(outcome.status == 0, "\(outcome)")
            #expect(
                outcome.output.contains("8 fences in 1 document: 7 hold, 1 skipped, 5 outputs and values compared"),
                "\(outcome)")
            #expect(folder.files(in: "Mine").keys.allSatisfy { !$0.contains(".build") && !$0.contains(".kdbook") })
        }

        @Test func whatDiffersIsToldAtItsLineAndWrittenOnRequest() throws {
            let text =
                fence("print(six()) // Prints \"7\"")
                + fence("let c = colours()\n// c == [\"red\", \"blue\"]\nprint(c.count)")
                + "```text\n3\n4\n```\n"
            let folder = try documents(["README.md": text])
            let outcome = try folder.check("README.md")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("README.md:2: the output differs\n  - 7\n  + 6\n"), "\(outcome)")
            #expect(
                outcome.output.contains("README.md:7: `c` differs\n  - [\"red\", \"blue\"]\n  + [\"red\", \"green\"]\n")
            )
            #expect(outcome.output.contains("README.md:12: the output differs\n  - 3\n  - 4\n  + 2\n"))
            #expect(try folder.read("Mine/README.md") == text)
            #expect(try folder.check("README.md", "--accept").status == 0)
            let right = text.replacing("\"7\"", with: "\"6\"").replacing("blue", with: "green").replacing(
                "3\n4\n", with: "2\n")
            #expect(try folder.read("Mine/README.md") == right)
            #expect(try folder.check("README.md").status == 0)
        }

        @Test func whatDoesNotCompileIsToldInOneLineAndLabelledOnRequest() throws {
            let folder = try documents(["A.md": "# A\n\n" + fence("nope()\nnope()"), "B.md": fence("func f() -> Int")])
            let outcome = try folder.check("A.md", "B.md")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("A.md:4:1: error: cannot find 'nope' in scope (and 1 more)"), "\(outcome)")
            #expect(outcome.output.contains("B.md:1: skipped: it shows declarations without their bodies"))
            #expect(try folder.check("A.md", "B.md", "--label").status == 0)
            #expect(try folder.read("Mine/A.md").hasPrefix("# A\n\n<!-- kdbook: skip -->\n```swift\nnope()"))
            #expect(try folder.check("A.md", "B.md").output.contains("2 fences in 2 documents: 2 skipped"))
        }

        @Test func labelsAreHeldTo() throws {
            let folder = try documents([
                "A.md": fence("let a = 1") + fence("print(a)", " alone") + fence("six()", " error")
                    + "<!-- kdbook: skipp -->\n" + fence("six()") + fence("let a = 2", " continues")
            ])
            let outcome = try folder.check("A.md")
            #expect(outcome.status == 1)
            #expect(outcome.output.contains("A.md:6:7: error: cannot find 'a' in scope"), "\(outcome)")
            #expect(outcome.output.contains("A.md:9:1: error: it is to end with an error, and compiles and runs"))
            #expect(outcome.output.contains("A.md:14:1: error: there is no label `skipp`"))
            #expect(outcome.output.contains("A.md:19:5: error: invalid redeclaration of 'a'"))
        }

        @Test func cataloguesCommentsOfSwiftAndCrashesAreTold() throws {
            let folder = try documents([
                "Sources/Mine/Mine.docc/Articles/A.md": "@Row {\n    ```swift\n    six() // 5\n    ```\n}\n",
                "Sources/Mine/Mine.docc/B.tutorial": fence("[Int]()[0]"),
            ])
            let outcome = try folder.check("Sources/Mine")
            #expect(outcome.output.contains("Sources/Mine/Mine.docc/Articles/A.md:3: the value differs"), "\(outcome)")
            #expect(outcome.output.contains("B.tutorial:1:1: error: the program crashes: Index out of range"))
            #expect(try folder.check("Sources/Mine/Mine.swift").output.contains("Mine.swift:3: the value differs"))
        }

        @Test func aFenceReachesNeitherThePackageNorTheUsersFiles() throws {
            let folder = try documents([:])
            try folder.write("secret", to: "Mine/secret.txt")
            let reading =
                "print((try? String(contentsOfFile: \"\(folder.root)/Mine/secret.txt\", encoding: .utf8)) ?? \"none\") // Prints \"none\""
            let writing =
                "print((try? \"a\".write(toFile: \"\(folder.root)/Mine/new.txt\", atomically: false, encoding: .utf8)) == nil) // true"
            try folder.write(fence("import Foundation\n\(reading)\n\(writing)"), to: "Mine/A.md")
            let outcome = try folder.check("A.md")
            #expect(outcome.status == 0 && outcome.output.contains("2 outputs and values compared"), "\(outcome)")
            #expect(!folder.exists("Mine/new.txt"))
        }

        @Test func wrongRequestsAreToldWithStatusTwo() throws {
            let folder = try package()
            #expect(try folder.check("Nope.md").status == 2)
            #expect(try folder.check("--perturb").status == 2)
            #expect(try folder.check().errors.contains("the package has neither README.md nor a .docc catalogue"))
            let outside = try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["check", "--package", "cache"], in: folder.root)
            #expect(outside.status == 2 && outside.errors.contains("there is no Package.swift"), "\(outside)")
        }
    }
}
