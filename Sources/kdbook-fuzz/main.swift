// A program for libFuzzer: arbitrary bytes go through everything that reads a notebook's text. `script/fuzz` builds
// and runs it; it is no part of an ordinary build.
import Diagrams
import Foundation
import Math
import Notebook

/// Part of libFuzzer, which the build links.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ attempt: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// Reads `source` in every way that a notebook's text is read; what breaks a law traps.
func read(_ source: String) {
    let (notebook, diagnostics) = Notebook.parsed(source, name: "n", path: "Notebooks/n.md")
    precondition(text(of: notebook).utf8.elementsEqual(source.utf8), "the parsed notebook has another text")
    precondition(diagnostics.allSatisfy { $0.position >= SourcePosition(line: 1) }, "a diagnostic lies nowhere")
    _ = try? BookConfiguration(parsing: source, path: "book.yml")
    _ = try? mathML(source, display: true)
    _ = try? flowchartSVG(mermaid: source)
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(
    runFuzzer(&count, &arguments) { bytes, length in
        read(String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self))
        return 0
    })
