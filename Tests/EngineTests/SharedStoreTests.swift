import Digest
import Foundation
import Notebook
import Testing

/// A folder with keys, and a place that stores are shared through.
private struct Exchange {
    let folder: TemporaryBook
    var place: String { folder.root + "/place" }

    init() throws {
        folder = try TemporaryBook()
        for name in ["ada", "eve"] {
            let made = try Outcome.running(
                "/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name], in: folder.root)
            try #require(made.status == 0, "\(made)")
        }
        try allow("ada")
    }

    func key(_ name: String) -> String { "\(folder.root)/\(name)" }
    var allowed: String { folder.root + "/allowed" }

    /// Lets these sign, and nobody else.
    func allow(_ names: String...) throws {
        try folder.write(names.map { "\($0)@example.org \(try folder.read("\($0).pub"))" }.joined(), to: "allowed")
    }

    func push(_ book: TemporaryBook, as name: String = "ada", _ options: String...) throws -> Outcome {
        try Outcome.running(
            Installed.prefix + "/bin/kdbook", ["store", "push", place, "--key", key(name)] + options, in: book.root)
    }

    func pull(_ book: TemporaryBook) throws -> Outcome {
        try book.run("store", "pull", place, "--allowed-signers", allowed)
    }

    /// The path of the object that has `words` in it, from the folder.
    func object(with words: String) throws -> String {
        let found = folder.files(in: "place/objects").first { $0.value.range(of: Data(words.utf8)) != nil }
        return "place/objects/" + (try #require(found).key)
    }
}

private func smallBook(_ factor: String = "2") throws -> TemporaryBook {
    try TemporaryBook([
        "n": cell("func times(_ x: Double) -> Double { x * \(factor) }")
            + cell("let y = times(1.25)\nprint(y)\nChart { Line(y: [1.0, y]) }")
    ])
}

/// Changes what is behind the seal of a file of the store, and seals it again, as somebody with the key could.
private func forge(_ pattern: String, in book: TemporaryBook, _ change: (String) -> String) throws {
    let files = book.files(in: ".kdbook").filter { $0.key.hasPrefix(pattern) && !$0.key.contains("circumstances") }
    let (path, content) = try #require(files.first)
    let text = String(decoding: content, as: UTF8.self)
    let body = change(String(text[text.index(after: try #require(text.firstIndex(of: "\n")))...]))
    try #require(!text.hasSuffix(body))
    try book.write("\(SHA256Digest(of: body.utf8))\n\(body)", to: ".kdbook/\(path)")
}

extension EndToEnd {
    @Suite(.serialized) struct SharedStoreTests {
        private let exchange: Exchange
        private let author: TemporaryBook

        init() throws {
            exchange = try Exchange()
            author = try smallBook()
            try #require(try author.run("render").status == 0)
        }

        @Test func whatOneMachinePushedAnotherNeitherCompilesNorRuns() throws {
            let pushed = try exchange.push(author)
            #expect(
                pushed.status == 0 && pushed.output.contains("3 compiled cells, ")
                    && pushed.output.contains("1 plan, 1 record, 2 pictures"), "\(pushed)")
            let again = try exchange.push(author)
            #expect(again.status == 0 && again.output.contains("nothing is new; "), "\(again)")
            let reader = try smallBook()
            let pulled = try exchange.pull(reader)
            #expect(pulled.status == 0 && pulled.output.contains("signed by ada@example.org"), "\(pulled)")
            let rendered = try reader.run("render")
            #expect(rendered.output.contains("n.md: page only"), "\(rendered)")
            #expect(try reader.record("n") == author.record("n"))
            // A change of the last cell compiles that alone.
            try reader.write(
                try reader.read("Notebooks/n.md").replacing("print(y)", with: "print(y + 1)"), to: "Notebooks/n.md")
            #expect(try reader.run("render").output.contains("1 compiled"))
        }

        @Test func aChangedObjectIsRefusedAndTheRestTaken() throws {
            _ = try exchange.push(author)
            let object = try exchange.object(with: "\"notebook\"")
            try exchange.folder.write(try exchange.folder.read(object).replacing("2.5", with: "3.5"), to: object)
            let reader = try smallBook()
            let pulled = try exchange.pull(reader)
            #expect(pulled.status == 1 && pulled.errors.contains("error: records/"), "\(pulled)")
            #expect(pulled.errors.contains("has the digest "), "\(pulled)")
            #expect(pulled.output.contains("taken 3 compiled cells"), "\(pulled)")
            #expect(try reader.run("render").status == 0)
            #expect(try reader.record("n") == author.record("n"))
        }

        @Test func aLinkInPlaceOfAnObjectIsNotFollowed() throws {
            _ = try exchange.push(author)
            let object = try exchange.object(with: "\"notebook\"")
            try exchange.folder.write(try exchange.folder.read(object), to: "right")
            try exchange.folder.remove(object)
            try FileManager.default.createSymbolicLink(
                atPath: exchange.folder.root + "/" + object, withDestinationPath: exchange.folder.root + "/right")
            let pulled = try exchange.pull(try smallBook())
            #expect(pulled.status == 1 && pulled.errors.contains("is not there"), "\(pulled)")
        }

        @Test func whatNobodyAllowedSignedIsLeftOut() throws {
            _ = try exchange.push(author, as: "eve")
            let reader = try smallBook()
            let pulled = try exchange.pull(reader)
            #expect(pulled.status == 0 && pulled.output.contains("no allowed key signed it"), "\(pulled)")
            #expect(pulled.output.contains("taken nothing"), "\(pulled)")
            #expect(try reader.run("render").output.contains("2 compiled"))
        }

        @Test func twoWhoCompiledTheSameAgree() throws {
            try exchange.allow("ada", "eve")
            let other = try smallBook()
            #expect(try other.run("render").status == 0)
            _ = try exchange.push(author)
            _ = try exchange.push(other, as: "eve")
            let pulled = try exchange.pull(try smallBook())
            #expect(pulled.status == 0 && pulled.output.contains("taken 3 compiled cells"), "\(pulled)")
            let confirmed = try exchange.pull(author)
            #expect(confirmed.status == 0 && confirmed.output.contains("entries were here"), "\(confirmed)")
        }

        @Test func whereTwoSignersDisagreeNeitherIsTaken() throws {
            try exchange.allow("ada", "eve")
            _ = try exchange.push(author)
            try forge("records/", in: author) { $0.replacing("2.5", with: "3.5") }
            _ = try exchange.push(author, as: "eve")
            let pulled = try exchange.pull(try smallBook())
            #expect(pulled.status == 1, "\(pulled)")
            #expect(
                inOrder(["records/", "refused", "@example.org signed", "@example.org"], in: pulled.errors), "\(pulled)")
            #expect(!pulled.output.contains("1 record"), "\(pulled)")
        }

        @Test func aChallengeAgreesAndFindsAForgery() throws {
            let fine = try author.run("store", "challenge", "--sample", "20", "--seed", "5")
            #expect(
                fine.status == 0
                    && fine.output.hasSuffix("7 of 7 entries with --seed 5: 7 agree, 0 differ, 0 not computed\n"),
                "\(fine)")
            let some = try author.run("store", "challenge", "--sample", "2", "--seed", "5")
            #expect(try author.run("store", "challenge", "--sample", "2", "--seed", "5").output == some.output)
            try forge("records/", in: author) { $0.replacing("2.5", with: "3.5") }
            let found = try author.run("store", "challenge", "--sample", "20", "--seed", "5")
            #expect(found.status == 1 && found.output.contains("6 agree, 1 differ"), "\(found)")
            #expect(inOrder(["records/", "differs", "the store has ", "computed "], in: found.output), "\(found)")
        }

        @Test(arguments: [
            ("ftp://example.org/x", "folders, ssh and https"), ("-oProxyCommand=x:store", "is no host"),
            ("https:///x", "it is no address"), ("ssh://host", "it names no folder"), ("host:a*", "over ssh"),
        ])
        func anAddressThatIsNoneIsRefused(address: String, words: String) throws {
            let outcome = try author.run("store", "pull", "--allowed-signers", exchange.allowed, "--", address)
            #expect(outcome.status == 1 && outcome.errors.contains(words), "\(outcome)")
        }
    }
}
