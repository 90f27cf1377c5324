import Crates
import Digest
import Foundation
import Notebook
import Testing
import Wire

/// A book of one notebook that reads data and a rule, draws, and decides a claim.
private func smallBook() throws -> TemporaryBook {
    let matter = """
        ---
        title: A small notebook
        parameters: {epochs: 3}
        inputs: [Data/t.csv, Notebooks/rules/C2.json]
        ---

        """
    let cells = [
        cell(
            "import Foundation\nlet text = try String(contentsOfFile: \"Data/t.csv\", encoding: .utf8)\nprint(text, epochs)"
        ),
        cell("Chart(\"C\") { Line(y: [1.0, 2.0]) }", "label: fig-a", "fig-cap: A line."),
        cell("1.25", "label: measured", "expect: {tolerance: 0.1}"),
        cell("claim(\"C1\", \"what holds\", .equal(to: 3), .number(Double(epochs)))"),
    ]
    let book = try TemporaryBook(["n": matter + cells.joined(separator: "\n")])
    try book.write("title: A small book\nabstract: For trying.\n", to: "Notebooks/book.yml")
    try book.write(
        "claims:\n  C1: {says: Three., experiments: [E1]}\n  C2: {says: Four., experiments: [E2]}\n",
        to: "Notebooks/claims.yml")
    try book.write(rule, to: "Notebooks/rules/C2.json")
    try book.write("1,2\n", to: "Data/t.csv")
    try book.write(
        "cff-version: 1.2.0\nmessage: Cite it.\ntitle: B\nlicense: CC0-1.0\nauthors:\n  - {given-names: Ada, family-names: Lovelace}\n",
        to: "CITATION.cff")
    return book
}

private let rule = """
    {"claim": "C2", "contrast": {"between": "a − b", "design": {"starts": {}}, "expected": "greater", "leastStarts": 8,
     "level": 0.05, "margin": 0, "unit": "points"}, "starts": {"default": {"count": 8, "first": 0}},
     "stopping": "All starts.", "tuning": {"seeds": {"count": 3, "first": 100}, "settingsPerArm": 1}}
    """

/// The files of a crate, to be changed and packed again.
private struct OpenedCrate {
    var files: [ArchivePath: [UInt8]]

    init(_ bytes: [UInt8]) throws {
        let archive = try ZipReader(bytes)
        files = try Dictionary(uniqueKeysWithValues: archive.entries.map { ($0.path, try archive.content(of: $0)) })
    }

    mutating func change(_ path: String, _ change: (String) -> String) throws {
        let key = try ArchivePath(path)
        let text = String(decoding: try #require(files[key]), as: UTF8.self)
        let changed = change(text)
        #expect(changed != text, "nothing was changed in \(path)")
        files[key] = Array(changed.utf8)
    }

    /// States the digests that the files have now, as somebody who hides a change would.
    mutating func seal() throws {
        let key = try ArchivePath(CrateMetadata.fileName)
        var text = String(decoding: try #require(files[key]), as: UTF8.self)
        for file in try CrateManifest(parsing: Array(text.utf8)).files {
            let now = SHA256Digest(of: try #require(files[file.path])).description
            text = text.replacing(try #require(file.sha256), with: now)
        }
        files[key] = Array(text.utf8)
    }

    func packed() throws -> [UInt8] { try ZipWriter.pack(files, date: ZipDate(secondsSince1970: 0)) }
}

extension EndToEnd {
    @Suite(.serialized) struct VerifyTests {
        private static let shared = Result {
            let book = try smallBook()
            let outcome = try book.run("export", "--ro-crate", "one.zip", "--date", "2026-11-28")
            try #require(outcome.status == 0, "\(outcome)")
            return (book, Array(try Data(contentsOf: URL(fileURLWithPath: book.root + "/one.zip"))))
        }
        private let book: TemporaryBook
        private let crate: [UInt8]
        /// Another folder, with no book in it.
        private let elsewhere: TemporaryBook

        init() throws {
            (book, crate) = try VerifyTests.shared.get()
            elsewhere = try TemporaryBook()
            try elsewhere.remove("Notebooks")
        }

        private func verify(_ bytes: [UInt8], _ options: String...) throws -> Outcome {
            try elsewhere.write(bytes, to: "crate.zip")
            return try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["verify", "crate.zip"] + options, in: elsewhere.root)
        }

        /// What is said of a crate in which one file was changed; with `isSealed`, its digest in the metadata, too.
        private func verify(
            changing path: String, isSealed: Bool, _ options: String..., change: (String) -> String
        ) throws -> Outcome {
            var opened = try OpenedCrate(crate)
            try opened.change(path, change)
            if isSealed { try opened.seal() }
            try elsewhere.write(try opened.packed(), to: "crate.zip")
            return try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["verify", "crate.zip"] + options, in: elsewhere.root)
        }

        private let record = "Output/default/n/record.json"

        @Test func aCrateIsTheSameEachTime() throws {
            let again = try book.run("export", "--ro-crate", "two.zip", "--date", "2026-11-28")
            #expect(again.status == 0 && again.output.contains("1 unchanged"), "\(again)")
            #expect(Array(try Data(contentsOf: URL(fileURLWithPath: book.root + "/two.zip"))) == crate)
            #expect(!String(decoding: crate, as: UTF8.self).contains(book.root))
        }

        @Test func aCrateOfOneFolderIsExactInAnother() throws {
            let outcome = try verify(crate)
            #expect(outcome.status == 0, "\(outcome)")
            #expect(
                outcome.output.hasSuffix("2 inputs, 2 pictures, 1 record, 4 cells, 1 claim: all exact\n"), "\(outcome)")
            let unrun = try verify(crate, "--without-running")
            #expect(unrun.status == 0 && unrun.output.contains("cells: not verified: nothing was run"), "\(unrun)")
        }

        @Test func aChangedNumberIsFound() throws {
            let change = { (text: String) in text.replacing("1,2\\n 3", with: "1,2\\n 4") }
            let plain = try verify(changing: record, isSealed: false, "--without-running", change: change)
            #expect(plain.status == 1 && plain.output.contains("\(record): different: stated SHA-256 "), "\(plain)")
            let sealed = try verify(changing: record, isSealed: true, change: change)
            #expect(sealed.status == 1, "\(sealed)")
            #expect(sealed.output.contains("Notebooks/n.md:7: cell 1: different: "), "\(sealed)")
            #expect(inOrder(["recorded", "4", "now", "3"], in: sealed.output), "\(sealed)")
        }

        @Test func aNumberWithinTheCellsToleranceIsToldAsThat() throws {
            let outcome = try verify(changing: record, isSealed: true) { $0.replacing("\"1.25\"", with: "\"1.3\"") }
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.contains("measured: within tolerance: "), "\(outcome)")
            #expect(outcome.output.contains("recorded 1.3, now 1.25"), "\(outcome)")
        }

        @Test func aChangedByteOfAPictureIsFound() throws {
            var opened = try OpenedCrate(crate)
            let path = try #require(opened.files.keys.sorted().first { $0.description.hasSuffix(".png") })
            opened.files[path]?[400] ^= 1
            let plain = try verify(try opened.packed(), "--without-running")
            #expect(plain.status == 1 && plain.output.contains("\(path): different: stated SHA-256 "), "\(plain)")
            try opened.seal()
            let sealed = try verify(try opened.packed(), "--without-running")
            #expect(sealed.status == 1 && sealed.output.contains("\(path): different: "), "\(sealed)")
        }

        @Test func aFlippedVerdictIsFoundFromWhatWasObserved() throws {
            let all = try verify(changing: record, isSealed: true, "--without-running") {
                $0.replacing("\"supported\"", with: "\"refuted\"")
            }
            #expect(all.status == 1, "\(all)")
            #expect(
                all.output.contains("claim C1: different: verdict: recorded refuted, derived supported"), "\(all)")
            // The last one in the record is the claim's own, which then contradicts its finding.
            let one = try verify(changing: record, isSealed: true, "--without-running") { text in
                guard let last = text.ranges(of: "\"supported\"").last else { return text }
                return text.replacingCharacters(in: last, with: "\"refuted\"")
            }
            #expect(one.status == 1 && one.output.contains("claim C1: different: verdict: recorded refuted"), "\(one)")
        }

        @Test func aSwappedInputAndAMovedRuleAreFound() throws {
            let input = try verify(changing: "Data/t.csv", isSealed: true, "--without-running") { _ in "1,3\n" }
            #expect(input.status == 1, "\(input)")
            #expect(input.output.contains("input Data/t.csv: different: recorded SHA-256 "), "\(input)")
            let rule = try verify(changing: "Notebooks/rules/C2.json", isSealed: true, "--without-running") {
                $0.replacing("\"margin\": 0", with: "\"margin\": 1")
            }
            #expect(rule.status == 1, "\(rule)")
            #expect(rule.output.contains("rule Notebooks/rules/C2.json: different: recorded SHA-256 "), "\(rule)")
        }

        @Test func aDigestThatTheRecordStatesOfAnotherInputOrRuleIsFound() throws {
            for (input, content) in [("input Data/t.csv", "1,2\n"), ("rule Notebooks/rules/C2.json", rule)] {
                let digest = SHA256Digest(of: content.utf8).description
                let moved = String(digest.reversed())
                let outcome = try verify(changing: record, isSealed: true, "--without-running") {
                    $0.replacing(digest, with: moved)
                }
                #expect(outcome.status == 1, "\(outcome)")
                #expect(
                    outcome.output.contains(
                        "\(input): different: recorded SHA-256 \(moved.prefix(12))…, the bundle's is \(digest.prefix(12))…"
                    ),
                    "\(outcome)")
            }
        }

        @Test func whatIsMissingOrNotDescribedIsNamed() throws {
            var opened = try OpenedCrate(crate)
            opened.files[try ArchivePath("Data/t.csv")] = nil
            opened.files[try ArchivePath("Data/more.csv")] = [1]
            let outcome = try verify(try opened.packed())
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.output.contains("Data/t.csv: different: described, and not there"), "\(outcome)")
            #expect(outcome.output.contains("Data/more.csv: not verified: the metadata does not describe it"))
            #expect(outcome.output.contains("not verified: its input Data/t.csv is not in the bundle"), "\(outcome)")
        }

        @Test func aBookThatAsksForPermissionsIsNotRunWithoutThem() throws {
            let change = { (text: String) in text + "permissions: {network: true}\n" }
            let outcome = try verify(changing: "Notebooks/book.yml", isSealed: true, change: change)
            #expect(outcome.status == 3, "\(outcome)")
            #expect(
                outcome.output.contains("not verified: its book asks for the network; `--grant` runs it so"),
                "\(outcome)")
        }

        @Test func theStatementNamesWhatWasVerifiedAndIsTheSameEachTime() throws {
            let outcome = try verify(crate, "--without-running", "--attest", "result.json")
            #expect(outcome.status == 0, "\(outcome)")
            let text = try elsewhere.read("result.json")
            let statement = try StableJSON.decode(JSONValue.self, from: Array(text.utf8))
            guard case .object(let members) = statement, case .object(let predicate)? = members["predicate"] else {
                Issue.record("\(text)")
                return
            }
            #expect(members["_type"] == .string("https://in-toto.io/Statement/v1"))
            #expect(predicate["result"] == .string("PASSED"))
            #expect(text.contains(SHA256Digest(of: crate).description) && !text.contains(elsewhere.root))
            _ = try verify(crate, "--without-running", "--attest", "again.json")
            #expect(try elsewhere.read("again.json") == text)
        }

        @Test func aFolderIsVerifiedAsAnArchiveIs() throws {
            let opened = try OpenedCrate(crate)
            for (path, bytes) in opened.files { try elsewhere.write(bytes, to: "crate/\(path)") }
            let program = Installed.prefix + "/bin/kdbook"
            let outcome = try Outcome.running(program, ["verify", "crate", "--without-running"], in: elsewhere.root)
            #expect(outcome.status == 0, "\(outcome)")
            try FileManager.default.createSymbolicLink(
                atPath: elsewhere.root + "/crate/Data/link.csv", withDestinationPath: "/etc/passwd")
            let linked = try Outcome.running(program, ["verify", "crate", "--without-running"], in: elsewhere.root)
            #expect(linked.status == 1 && linked.errors.contains("Data/link.csv: error: "), "\(linked)")
            let record = try #require(opened.files[try ArchivePath(record)])
            try elsewhere.write(record, to: "records/default/n/record.json")
            let records = try Outcome.running(program, ["verify", "records", "--without-running"], in: elsewhere.root)
            #expect(records.status == 3 && records.output.contains("1 claim"), "\(records)")
        }

        @Test func thePackageThatABookLiesInIsNoPartOfTheBook() throws {
            let book = try TemporaryBook(["n": cell("import Foundation\n1.5")])
            try book.write("MIT", to: "LICENSE")
            try book.write("// swift-tools-version: 6.0", to: "Package.swift")
            // Names that are one to some systems, and a module that cells have already.
            for name in ["tool/Main.swift", "Tool/main.swift", "Tensors/Tensor.swift"] {
                try book.write("let a = 1", to: "Sources/\(name)")
            }
            let packed = try book.run("export", "--ro-crate", "one.zip", "--date", "2026-11-28")
            try #require(packed.status == 0, "\(packed)")
            let outcome = try verify(Array(try Data(contentsOf: URL(fileURLWithPath: book.root + "/one.zip"))))
            #expect(outcome.status == 0, "\(outcome)")
            #expect(outcome.output.hasSuffix("1 cell: all exact\n"), "\(outcome)")
        }

        @Test func aBookWithoutTermsOrDateIsNotPacked() throws {
            let book = try TemporaryBook(["n": cell("1")])
            let undated = try book.run("export", "--ro-crate", "x.zip")
            #expect(undated.status == 1 && undated.errors.contains("commit the book, or give --date"), "\(undated)")
            let unlicensed = try book.run("export", "--ro-crate", "x.zip", "--date", "2026-11-28")
            #expect(unlicensed.status == 1 && unlicensed.errors.contains("file LICENSE"), "\(unlicensed)")
            #expect(try book.run("export", "n", "--ro-crate", "x.zip").status == 2)
            #expect(!book.exists("x.zip"))
        }
    }
}
