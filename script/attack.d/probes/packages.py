"""Packages of Swift's that a book names: their manifests, plugins and macros run while they are resolved, built and used."""

from probe import expect, probe
from world import SECRET, cell

# Each attempt of a stranger's program: to read the secret, to write outside and into the book, to reach a socket. What came of it
# is put together as a word that the package's code or the program's output can carry.
ATTEMPTS = r"""
import Foundation

func attempts() -> String {
    let secret = FileManager.default.contents(atPath: "@outside@/secret.txt") != nil
    let wrote = FileManager.default.createFile(atPath: "@outside@/new", contents: Data("x".utf8))
        || FileManager.default.createFile(atPath: "@book@/new", contents: Data("x".utf8))
    let listening = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var to = sockaddr_in()
    to.sin_family = sa_family_t(AF_INET)
    to.sin_port = UInt16(@port@).bigEndian
    to.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let reached = listening >= 0 && withUnsafePointer(to: &to) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(listening, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    } == 0
    return "READ_\(secret)_WROTE_\(wrote)_REACHED_\(reached)"
}
"""
HELD = "READ_false_WROTE_false_REACHED_false"


def attempts(world, book):
    port = world.listeners[0].getsockname()[1]
    return ATTEMPTS.replace("@outside@", str(world.outside)).replace("@book@", str(book.root)).replace("@port@", str(port))


def with_package(world, code, **files):
    """A book with a package `Own` in it, whose cell is `code`; the files' texts may hold the attempts."""
    book = world.book(a=cell(code))
    book.write("Notebooks/book.yml", "packages:\n  - path: Packages/Own\n    products: [Own]\n")
    for path, text in files.items():
        book.write("Packages/Own/" + path.replace("__", "/") + ".swift", text.replace("@attempts@", attempts(world, book)))
    return book


def rendered(world, book):
    outcome = book.render(seconds=600).end()
    world.expect_untouched()
    expect(not (book.root / "new").exists(), "a file was written into the book")
    expect(SECRET not in outcome.said and book.has_in_output(SECRET) is None, "the secret is told")
    return outcome


@probe("a package's manifest reads no file of the user's and writes none, and reaches no socket while it is built", quick=False)
def manifest(world):
    book = with_package(world, "import Own\nprint(held)", Package="""
// swift-tools-version: 6.0
import PackageDescription
@attempts@
let package = Package(
    name: "Own", products: [.library(name: "Own", targets: ["Own"])],
    targets: [.target(name: "Own", swiftSettings: [.define(attempts().replacingOccurrences(of: "_REACHED_true", with: "_REACHED_false"))])])
""".strip(), Sources__Own__Own=f"#if {HELD}\npublic let held = \"held\"\n#endif\n")
    # Packages are got on the network, and a manifest is read then, too: there alone it may reach a socket.
    outcome = rendered(world, book)
    expect(outcome.status == 0, f"the manifest got through, or nothing was tried: {outcome.said[:300]}")
    while True:
        try:
            world.listeners[0].accept()
        except BlockingIOError:
            break


@probe("a package's plugin reads no file of the user's, writes none and reaches no socket", quick=False)
def plugin(world):
    book = with_package(world, "import Own\nprint(held)", Package="""
// swift-tools-version: 6.0
import PackageDescription
let package = Package(
    name: "Own", products: [.library(name: "Own", targets: ["Own"])],
    targets: [
        .target(name: "Own", plugins: ["Writing"]), .executableTarget(name: "Writer"),
        .plugin(name: "Writing", capability: .buildTool(), dependencies: ["Writer"]),
    ])
""".strip(), Plugins__Writing__Writing="""
import PackagePlugin
@attempts@
@main struct Writing: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let file = context.pluginWorkDirectoryURL.appendingPathComponent("Held.swift")
        return [.buildCommand(
            displayName: "writing", executable: try context.tool(named: "Writer").url, arguments: [file.path, attempts()],
            outputFiles: [file])]
    }
}
""", Sources__Writer__main="""
@attempts@
let text = "public let held = \\"\\(CommandLine.arguments[2]) \\(attempts())\\"\\n"
try text.write(toFile: CommandLine.arguments[1], atomically: true, encoding: .utf8)
""", Sources__Own__Own="public let own = 1\n")
    outcome = rendered(world, book)
    expect(outcome.status == 0, f"nothing was tried: {outcome.said[:300]}")
    expect(f"{HELD} {HELD}" in book.page("a"), "the plugin or its program got through")


@probe("a package's macro reads no file of the user's, writes none and reaches no socket while a cell is compiled", quick=False)
def macro(world):
    book = with_package(world, "import Own\nprint(#held)", Package="""
// swift-tools-version: 6.0
import CompilerPluginSupport
import PackageDescription
let package = Package(
    name: "Own", products: [.library(name: "Own", targets: ["Own"])],
    targets: [.macro(name: "OwnMacros"), .target(name: "Own", dependencies: ["OwnMacros"])])
""".strip(), Sources__Own__Own="""
@freestanding(expression) public macro held() -> String = #externalMacro(module: "OwnMacros", type: "Held")
""", Sources__OwnMacros__main=r'''
@attempts@
// The compiler's protocol: a length of eight bytes, then JSON.
while let header = try FileHandle.standardInput.read(upToCount: 8), header.count == 8 {
    let length = header.reversed().reduce(0) { $0 << 8 | Int($1) }
    let message = String(decoding: try FileHandle.standardInput.read(upToCount: length) ?? Data(), as: UTF8.self)
    let answer = message.contains("\"getCapability\"")
        ? #"{"getCapabilityResult":{"capability":{"protocolVersion":7}}}"#
        : #"{"expandMacroResult":{"expandedSource":"\"\#(attempts())\"","diagnostics":[]}}"#
    let bytes = Array(answer.utf8)
    FileHandle.standardOutput.write(Data((0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + bytes))
}
''')
    outcome = rendered(world, book)
    expect(outcome.status == 0, f"nothing was tried: {outcome.said[:300]}")
    expect(HELD in book.page("a"), "the macro got through")
