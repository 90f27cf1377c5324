// A program for libFuzzer: arbitrary bytes go through everything that reads a notebook's text or, where `KDBOOK_FUZZ` is
// `pipes`, what comes from a notebook's process. `script/fuzz` builds and runs it; it is no part of an ordinary build.
import Diagrams
import Engine
import Foundation
import FuzzDriver
import Math
import Notebook
import Publishing

/// Reads `source` in every way that a notebook's text is read; what breaks a law traps.
func read(_ source: String) {
    let (notebook, diagnostics) = Notebook.parsed(source, name: "n", path: "Notebooks/n.md")
    precondition(text(of: notebook).utf8.elementsEqual(source.utf8), "the parsed notebook has another text")
    precondition(diagnostics.allSatisfy { $0.position >= SourcePosition(line: 1) }, "a diagnostic lies nowhere")
    _ = try? BookConfiguration(parsing: source, path: "book.yml")
    _ = try? mathML(source, display: true)
    _ = try? flowchartSVG(mermaid: source)
}

/// A notebook of each kind of cell: with constants, inline values, one that is to fail.
let heard = Notebook.parsed(
    "---\nparameters: {a: 1}\n---\n\n```swift\nlet b = a\nb\n```\n\n`{swift} b`\n\n```swift\n//| error: true\nb\n```\n",
    name: "n", path: "Notebooks/n.md"
).notebook
let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-fuzz-\(getpid())").path

/// Hears `bytes` as what a kernel sent: events up to a byte of zero, then what was printed.
func hear(_ bytes: UnsafeBufferPointer<UInt8>) {
    let events = bytes.prefix { $0 != 0 }
    let tape = KernelTape(events: Array(events), printed: Array(bytes.dropFirst(events.count + 1)))
    guard let record = try? tape.record(of: heard, in: folder) else { return }
    guard let kept = try? StableJSON.encode(record), let again = try? StableJSON.decode(Record.self, from: kept) else {
        preconditionFailure("a record cannot be kept")
    }
    precondition(again == record, "a record that is read back is another")
    _ = weave(
        heard, record: record, problems: [], provenance: Provenance(key: "k", compiler: "c", edition: "default"),
        outline: [])
    _ = DecidedClaim.all(in: record.checkingClaims(of: heard, known: nil), of: heard)
}

let hears = ProcessInfo.processInfo.environment["KDBOOK_FUZZ"] == "pipes"
fuzz { bytes, length in
    let bytes = UnsafeBufferPointer(start: bytes, count: length)
    if hears { hear(bytes) } else { read(String(decoding: bytes, as: UTF8.self)) }
    return 0
}
