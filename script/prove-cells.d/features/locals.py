"""Types that a function declares for itself, and that its callers see as a value of another type."""

from world import block


def local_errors(w):
    kind = w.pick("struct Bad_: Error { let n = ‹int› }", "enum Bad_: Error { case low(Int), high }",
                  "final class Bad_: Error { let n = ‹int› }")
    made = "Bad_.low(n)" if kind.startswith("enum") else "Bad_()"
    yield block("func checked_(_ n: Int) throws -> Int", kind, f"if n < 0 {{ throw {made} }}", "return n &+ ‹int›")
    w.offer("int", "((try? checked_(‹n›)) ?? -1)")
    yield block("func tried_(_ n: Int) -> String", "do { return \"\\(try checked_(n))\" } catch { return \"caught "
                                                   "\\(error)\" }")
    w.offer("string", "tried_(-‹n› - 1)")
    yield "print(tried_(3), tried_(-3))"
    yield "do { print(try checked_(-1)) } catch { print(\"caught\", type(of: error)) }"


def local_values(w):
    """A local type behind `Any`, a protocol, `some`, a closure or a class."""
    yield block("protocol Told_", "func told() -> String", "init()")
    base = w.chance(0.3)
    if base:
        yield block("class Above_", "func name() -> String { ‹string› }")
    ways = {
        "any": block("func make_() -> any Told_",
                     "struct Local { let n = ‹int›; func told() -> String { \"local \\(n)\" } }",
                     "struct Around: Told_ { let inner = Local(); func told() -> String { inner.told() } }",
                     "return Around()"),
        "some": block("func make_() -> some Told_",
                      "final class Local: Told_ { init() {}; func told() -> String { ‹string› } }", "return Local()"),
        "meta": block("func makeType_() -> any Told_.Type",
                      "enum Local: Told_ { case a; init() { self = .a }; func told() -> String { \"meta \\(self)\" } }",
                      "return Local.self") + "\nfunc make_() -> any Told_ { makeType_().init() }",
        "closure": block("func maker_() -> () -> any Told_",
                         "struct Local: Told_ { var n = ‹int›; func told() -> String { \"closed \\(n)\" } }",
                         "return { Local() }") + "\nfunc make_() -> any Told_ { maker_()() }",
    }
    yield ways[w.pick(*ways)]
    w.offer("string", "make_().told()")
    if base:
        yield block("func below_() -> Above_", "class Local: Above_ { override func name() -> String { \"below \" + "
                                               "super.name() } }",
                    "class Deeper: Local {}", "return Deeper()")
        yield "print(below_().name(), type(of: below_()))"
        w.offer("string", "below_().name()")
    yield "print(make_().told(), type(of: make_()))"


def local_any(w):
    kind = w.pick("struct Local { let n = ‹int› }", "enum Local { case some(Int) }", "class Local { let n = ‹int› }")
    made = "Local.some(‹int›)" if kind.startswith("enum") else "Local()"
    result = w.pick("Any", "[Any]", "Any?", "(Any, Int)")
    value = {"Any": made, "[Any]": f"[{made}, 1]", "Any?": made, "(Any, Int)": f"({made}, 2)"}[result]
    yield block(f"func hidden_() -> {result}", kind, f"return {value}")
    told = {"[Any]": "hidden_()[0]", "(Any, Int)": "hidden_().0", "Any?": "hidden_()!", "Any": "hidden_()"}[result]
    yield f"print(String(describing: type(of: {told})), Mirror(reflecting: {told}).children.count)"
    yield "let hidden1_ = hidden_()"
    yield f"print(String(describing: {told}))"


def local_in_methods(w):
    """A method's local type, of a type of the program, and one in a closure."""
    yield block("protocol Part_", "var told: String { get }")
    kind = w.pick("struct", "final class", "enum")
    yield block(f"{kind} Factory_", "static func make(_ n: Int) -> any Part_ {",
                "    struct Part: Part_ { let n: Int; var told: String { \"part \\(n)\" } }", "    return Part(n: n)",
                "}",
                "static var ready: [any Part_] {",
                "    final class Ready: Part_ { var told: String { ‹string› } }", "    return [Ready(), make(‹int›)]",
                "}")
    w.offer("string", "Factory_.make(‹n›).told")
    yield "let maker_: (Int) -> any Part_ = { n in\n    struct Closed: Part_ { let n: Int; var told: String { " \
          "\"closed \\(n)\" } }\n" \
          "    return Closed(n: n)\n}"
    yield "print(maker_(‹int›).told, Factory_.ready.map(\\.told), type(of: Factory_.make(1)))"


def local_decoded(w):
    yield "import Foundation\n" + block("func names_(_ text: String) -> [String]",
                "struct Entry: Codable { let name: String; var n: Int? }",
                "let entries = try? JSONDecoder().decode([Entry].self, from: Data(text.utf8))",
                "return (entries ?? []).map { $0.name + \"\\($0.n ?? 0)\" }")
    w.offer("string", "names_(\"[{\\\"name\\\": \\\"a\\\"}]\").joined()")
    yield "print(names_(\"[{\\\"name\\\": \\\"x\\\", \\\"n\\\": 3}]\"), names_(\"no\"))"


def local_functions(w):
    """Functions in functions that call themselves and share variables."""
    yield block("func solved_(_ n: Int) -> [Int]", "var found: [Int] = []",
                "func place(_ k: Int) { if k <= n { found.append(k &* ‹int›); place(k + 2) } }",
                "func doubled(_ f: (Int) -> Void) { f(0); f(1) }", "doubled(place)", "defer { found.removeAll() }",
                "return found")
    yield block("func memo_(_ n: Int) -> Int", "var known: [Int: Int] = [:]",
                "func fib(_ k: Int) -> Int {", "    if let value = known[k] { return value }",
                "    let value = k < 2 ? k : fib(k - 1) &+ fib(k - 2)", "    known[k] = value", "    return value", "}",
                "return fib(n)")
    w.offer("int", "memo_(‹n›)")
    yield "print(solved_(5), memo_(30))"


FEATURES = [local_errors, local_values, local_any, local_in_methods, local_decoded, local_functions]
