import Foundation
import Testing

/// Where the system gives less than is needed, the tool says of what, and nothing is half done.
extension EndToEnd {
    @Suite(.serialized) struct ShortageTests {
        private let book: TemporaryBook

        init() throws {
            book = try TemporaryBook(["a": cell("1") + cell("Chart { Line(y: [1.0, 2.0]) }"), "b": cell("print(2)")])
        }

        /// Runs the tool in a shell that is allowed as much as `limit` says.
        private func run(_ arguments: String, limit: String) throws -> Outcome {
            // What a superuser may have is not counted.
            let drop = "[ $(id -u) = 0 ] && [[ '\(limit)' = *-u* ]] && drop='setpriv --reuid=65534 --clear-groups'"
            let line = "\(drop); exec $drop bash -c \"\(limit) && exec '\(Installed.prefix)/bin/kdbook' \(arguments)\""
            return try Outcome.running("/bin/bash", ["-c", line], in: book.root)
        }

        @Test(arguments: [8, 16, 32, 64, 100, 200]) func fewOpenFiles(count: Int) throws {
            // A thread of Dispatch's may be the one that finds no room: not every time.
            for command in Array(repeating: "render", count: 10) + ["list"] {
                let outcome = try run(command, limit: "ulimit -n \(count)")
                #expect(outcome.status == 1 && outcome.output == "")
                #expect(outcome.errors.contains("here only \(count) are allowed; `ulimit -n 1024` allows more"))
            }
            #expect(!book.exists("Output"))
        }

        @Test func asManyFilesAreOpenedAsAreAllowedAtMost() throws {
            let outcome = try run("render", limit: "ulimit -Sn 64")
            #expect(outcome.status == 0 && outcome.errors == "")
        }

        @Test(arguments: [1, 10]) func fewProcesses(count: Int) throws {
            for command in ["list", "render"] {
                let outcome = try run(command, limit: "ulimit -u \(count)")
                #expect(outcome.status == 1 && outcome.output == "")
                #expect(outcome.errors.hasPrefix("kdbook: error: the system allows no more processes and threads"))
            }
        }

        @Test(arguments: [1, 16]) func smallFiles(kibibytes: Int) throws {
            try expectCleanFailure(run("render", limit: "ulimit -f \(kibibytes)"))
        }

        private func expectCleanFailure(_ outcome: Outcome) throws {
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("the file would be larger than this shell allows"), "\(outcome)")
            #expect(!outcome.errors.contains("Swift compiler itself failed"))
            for (path, content) in book.files() {
                #expect(!path.contains("~"))
                if path.hasSuffix(".html") { #expect(content.suffix(8) == Data("</html>\n".utf8), "\(path)") }
            }
            let next = try book.run("render")
            #expect(next.status == 0 && next.errors == "", "\(next)")
        }
    }
}
