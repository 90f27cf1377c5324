"""Errors: thrown, caught by pattern, with domains and codes of Foundation's, typed."""

from world import block


def caught(w):
    yield "enum Fault_: Error { case low(Int), high(String), other }" if w.chance() else \
        "enum Fault_: Error, Equatable { case low(Int), high(String), other }"
    yield block("func risk_(_ n: Int) throws -> Int", "switch n {", "case ..<0: throw Fault_.low(n)",
                "case 100...: throw Fault_.high(‹string›)", "case 13: throw Fault_.other", "default: return n &+ ‹int›",
                "}")
    yield block("func handled_(_ n: Int) -> String", "do {", "    return \"fine \\(try risk_(n))\"",
                "} catch Fault_.low(let k) where k < -5 {", "    return \"very low \\(k)\"", "} catch Fault_.low {",
                "    return \"low\"", "} catch let fault as Fault_ {", "    return \"fault \\(fault)\"",
                "} catch {", "    return \"what\"", "}")
    w.offer("int", "((try? risk_(‹n›)) ?? -1)")
    w.offer("string", "handled_(‹n›)")
    yield "print([-9, -1, 5, 13, 200].map(handled_))"
    yield "do { _ = try risk_(13) } catch { print(error, (try? risk_(1)) != nil) }"


def domains(w):
    yield "import Foundation\n" + w.pick(
        "enum Coded_: Int, Error { case first = 4, second = 9 }",
        "struct Coded_: Error { static let second = Coded_() }",
        block("struct Coded_: Error, CustomNSError", "static let second = Coded_()",
              "static var errorDomain: String { \"own\" }",
              "var errorCode: Int { ‹int› }"),
        block("enum Coded_: Error, LocalizedError", "case second", "var errorDescription: String? { ‹string› }"))
    if w.chance(0.4):
        yield "extension Coded_ { struct Inner_: Error { let n = ‹int› } }"
        yield "print((Coded_.Inner_() as NSError).domain, Coded_.Inner_())"
    yield "func code_(_ error: any Error) -> Int { (error as NSError).code }"
    w.offer("int", "code_(Coded_.second)")
    yield "print((Coded_.second as NSError).domain, code_(Coded_.second))"


def typed(w):
    yield "enum Parse_: Error { case empty, bad(Character) }"
    yield block("func digits_(_ text: String) throws(Parse_) -> Int", "if text.isEmpty { throw .empty }", "var n = 0",
                "for c in text { guard let d = c.wholeNumberValue else { throw .bad(c) }; n = n &* 10 &+ d }",
                "return n")
    yield block("extension Parse_", "var told: String {", "    switch self {", "    case .empty: \"empty\"",
                "    case .bad(let c): \"bad \\(c)\"", "    }", "}")
    w.offer("int", "((try? digits_(\"‹n›\")) ?? 0)")
    yield "func result_(_ text: String) -> Result<Int, Parse_> { do { return .success(try digits_(text)) } catch { " \
          "return .failure(error) } }"
    yield "do { print(try digits_(\"4x\")) } catch { print(error.told) }"
    yield "print(result_(\"12\"), result_(\"\"), result_(\"z\"))"


def stated_later(w):
    """A type becomes an error in a step of its own."""
    yield w.pick("struct Trouble_ { var n = ‹int› }", "enum Trouble_ { case small; init(n: Int = 0) { self = .small "
                                                      "} }",
                 "final class Trouble_ { let n: Int; init(n: Int = 1) { self.n = n } }")
    yield "extension Trouble_: @unchecked Sendable, Error {}" if w.chance() else "extension Trouble_: Error {}"
    yield "func fail_() throws -> Never { throw Trouble_() }"
    yield "do { try fail_() } catch is Trouble_ { print(\"trouble\") } catch { print(\"else\") }"


def unwinding(w):
    """What `defer` does in functions when errors pass, and what rethrows."""
    yield "struct Pass_: Error { let word: String }"
    yield block("func outer_(_ n: Int) throws -> Int", "defer { print(\"outer ends\") }", "let value = try inner_(n)",
                "return value &+ 1") + "\n" + block(
        "func inner_(_ n: Int) throws -> Int", "defer { print(\"inner ends\", n) }", "defer { print(\"first\") }",
        "if n > 2 { throw Pass_(word: ‹string›) }", "return ‹int›")
    yield "func optional_(_ n: Int) -> Int? { try? outer_(n) }"
    yield "print(optional_(1) as Any)"
    yield "do { print(try outer_(3)) } catch let pass as Pass_ { print(pass.word) }"


FEATURES = [caught, domains, typed, stated_later, unwinding]
