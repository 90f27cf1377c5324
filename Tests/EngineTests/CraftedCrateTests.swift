import Foundation
import Testing

/// Archives as somebody would craft them who means ill, each with a word of what it is refused for.
private let crafted = [
    (#"write(("../escaped", "x"))"#, "the path leads out of its folder"),
    (#"write(("Data/../../escaped", "x"))"#, "the path leads out of its folder"),
    (#"write(("/tmp/kdbook-escaped", "x"))"#, "the path begins at the root of the disk"),
    (#"write(("C:\\escaped", "x"))"#, "or a backslash or a colon"),
    (#"write(("..\\escaped", "x"))"#, "or a backslash or a colon"),
    (#"write((link("Notebooks"), "/tmp"), ("Notebooks/escaped", "x"))"#, "it is a link"),
    (#"write((link("Data/t.csv"), "/etc/passwd"))"#, "it is a link"),
    (#"write(("Notebooks/\u202egpj.md", "x"))"#, "a character that is not shown"),
    (#"write(("a\u200b", "x"), ("a", "y"))"#, "a character that is not shown"),
    (#"write(("\u00e9", "x"), ("e\u0301", "y"))"#, "there twice"),
    (#"write(("n.md", "x"), ("n.md", "y"))"#, "there twice"),
    (#"write(("n.md", "x"), ("N.md", "y"))"#, "only in case"),
    (#"write(("n", "x"), ("n/m", "y"))"#, "it is a file, and n/m lies in it"),
    (#"write(*[(f"{i}", "") for i in range(20001)])"#, "files, and may have 20000"),
    // Five hundred megabytes, and ten of a hundred and twenty, packed into less than a thousandth.
    (#"write(("bomb", b"0" * (500 << 20)))"#, "and may have 268435456"),
    (#"write(*[(f"bomb {i}", b"0" * (120 << 20)) for i in range(10)])"#, "and may have 1073741824"),
    (#"write(("bomb", b"0" * 5_000_000)); state_size(1000)"#, "it does not unpack to the 1000 bytes"),
    (#"write(("small", "x" * 500)); state_size(200 << 20)"#, "it does not unpack to the 209715200 bytes"),
    (#"write(("n.md", "x" * 500)); overlap()"#, "shares bytes with"),
    (#"open(name, "w").write("no archive")"#, "no zip file"),
    (#"write(("n.md", "x")); cut(10)"#, "cut off"),
    (#"metadata({"@graph": [{"@id": "../../etc/passwd", "@type": "File"}]})"#, "the path leads out of its folder"),
    (#"metadata({"@graph": [{"@id": "%2e%2e/up", "@type": "File"}]})"#, "the path leads out of its folder"),
    (#"metadata({"@graph": [{"@id": "a", "@type": "File"}, {"@id": "%61", "@type": "File"}]})"#, "describes a twice"),
    (#"metadata({"@graph": [{"@id": "a", "@type": "File", "sha256": 5}]})"#, "no SHA-256"),
    (#"write(("ro-crate-metadata.json", "[" * 1_000_000))"#, "nests more than"),
]

private let craft = #"""
    import json, struct, sys, zipfile
    name = sys.argv[1]

    def link(path):
        entry = zipfile.ZipInfo(path)
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        return entry

    def write(*entries):
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for entry, content in entries: archive.writestr(entry, content)

    def metadata(graph): write(("ro-crate-metadata.json", json.dumps(graph)))

    def change(edit):
        data = bytearray(open(name, "rb").read())
        edit(data)
        open(name, "wb").write(data)

    def state_size(size):
        def edit(data):
            for signature, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
                struct.pack_into("<I", data, data.index(signature) + place, size)
        change(edit)

    def overlap():
        """A second entry of the directory whose file, behind a header of its own, is the end of the first one's bytes."""
        content, inner = b"x" * 500, b"m.md"
        header = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 4, 4, len(inner), 0)
        write_stored((("n.md", header + inner + b"abcd"),))
        def edit(data):
            start, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
            import zlib
            checksum = zlib.crc32(b"abcd")
            at = data.index(b"PK\3\4", 4)
            struct.pack_into("<I", data, at + 14, checksum)
            whole = zlib.crc32(bytes(data[30 + 4:start]))
            struct.pack_into("<I", data, 14, whole)
            struct.pack_into("<I", data, start + 16, whole)
            second = bytearray(data[start:end])
            struct.pack_into("<III", second, 16, checksum, 4, 4)
            struct.pack_into("<I", second, 42, at)
            second[46:50] = inner
            data[end:end] = second
            end += len(second)
            struct.pack_into("<HH", data, end + 8, 2, 2)
            struct.pack_into("<I", data, end + 12, end - start)
        change(edit)

    def write_stored(entries):
        with zipfile.ZipFile(name, "w") as archive:
            for entry, content in entries: archive.writestr(entry, content)

    def cut(count): change(lambda data: data.__delitem__(slice(-count, None)))

    exec(sys.argv[2])
    """#

extension EndToEnd {
    @Suite(.timeLimit(.minutes(5))) struct CraftedCrateTests {
        /// A folder with nothing in it, and one that temporary files go to.
        private let place: TemporaryBook
        private let temporary: TemporaryBook

        init() throws {
            (place, temporary) = (try TemporaryBook(), try TemporaryBook())
            try place.remove("Notebooks")
            try place.write(craft, to: "craft.py")
        }

        private func make(_ how: String) throws {
            let made = try Outcome.running(
                "/usr/bin/env", ["python3", "-W", "ignore", "craft.py", "crate.zip", how], in: place.root)
            try #require(made.status == 0, "\(made)")
        }

        private func verify() throws -> Outcome {
            try Outcome.running(
                Installed.prefix + "/bin/kdbook", ["verify", "crate.zip"], in: place.root,
                environment: ["TMPDIR": temporary.root])
        }

        private func files(of book: TemporaryBook) throws -> [String] {
            try FileManager.default.subpathsOfDirectory(atPath: book.root).sorted()
        }

        @Test(arguments: crafted)
        func aCraftedCrateIsRefusedWithAWordAndNothingIsWritten(how: String, words: String) throws {
            try make(how)
            let before = (try files(of: place), try files(of: temporary))
            let outcome = try verify()
            #expect(outcome.status == 1, "\(outcome)")
            #expect(outcome.complaints.count == 1, "\(outcome)")
            #expect(outcome.errors.hasPrefix("\(place.root)/crate.zip: error: cannot be read: "), "\(outcome)")
            #expect(outcome.errors.contains(words), "\(outcome)")
            #expect((try files(of: place), try files(of: temporary)) == before)
            #expect(!FileManager.default.fileExists(atPath: "/tmp/kdbook-escaped"))
        }

        @Test func nothingThatMetadataNamesElsewhereIsFetched() throws {
            let server = try LoopbackServer { _, _ in .content(Array("{}".utf8)) }
            try make(
                """
                metadata({"@context": "\(server.address)context", "@graph": [
                    {"@id": "\(server.address)data.csv", "@type": "File", "contentUrl": "\(server.address)data.csv"},
                    {"@id": "file:///etc/passwd", "@type": "File"},
                    {"@id": "//127.0.0.1/x", "@type": "File"},
                    {"@id": "./", "@type": "Dataset", "conformsTo": {"@id": "\(server.address)profile"}}]})
                """)
            let outcome = try verify()
            #expect(outcome.status == 3, "\(outcome)")
            for name in ["\(server.address)data.csv", "file:///etc/passwd", "//127.0.0.1/x"] {
                #expect(
                    outcome.output.contains("\(name): not verified: it lies elsewhere, and nothing is fetched"),
                    "\(outcome)")
            }
            #expect(server.requests.isEmpty)
        }
    }
}
