"""What a program can print of its own types and places."""

from world import block


def names(w):
    t = w.type()
    kind = w.pick("struct", "final class", "enum")
    if kind == "enum":
        yield f"enum Shown_ {{ case plain, with({t.name}, n: Int) }}"
        made = f"Shown_.with({t.make}, n: ‹int›)"
    else:
        yield block(f"{kind} Shown_", f"var a: {t.name} = {t.make}", "var n = ‹int›", "init() {}")
        made = "Shown_()"
    yield "struct Around_<T> { let inner: T; var list: [T] { [inner] } }"
    yield f"let shown_ = {made}"
    ways = ["String(describing: shown_)", "String(reflecting: type(of: shown_))", "type(of: Around_(inner: shown_))",
            "Around_<[Int]>(inner: [1])", "Mirror(reflecting: shown_).children.count",
            "String(describing: Shown_.self)",
            "[Around_(inner: ‹string›)]", "Optional(Around_(inner: ‹int›)) as Any", "(shown_, 1).1",
            "_typeName(Around_<Int>.self)"]
    if kind != "final class":
        ways.append("[shown_]")
    for way in w.some(ways):
        yield f"print({way})"
    if w.chance():
        yield "dump(Around_(inner: shown_))"
    w.offer("string", "String(describing: Around_<Int>.self)")


def functions(w):
    yield "func name_(_ n: String = #function) -> String { n }"
    yield "func here_(_ n: Int) -> String { #function + name_() }"
    yield block("struct Named_", "var own: String { #function }", "func call(with n: Int) -> String { #function }",
                "subscript(n: Int) -> String { #function }", "init() { print(#function) }")
    w.offer("string", "here_(‹n›)")
    yield "print(here_(1), Named_().own, Named_().call(with: 2), Named_()[1])"
    yield "print(#function, name_())"
    yield "let closure_ = { (n: Int) -> String in #function }"
    yield "print(closure_(1), [1].map { _ in name_() })"


def lines(w):
    yield "func line_(_ n: Int = #line) -> Int { n }"
    yield "func distance_() -> Int {\n    let a = #line\n    let b = line_()\n    return b - a\n}"
    w.offer("int", "distance_()")
    yield "let start_ = #line; let column_ = #column\nlet end_ = line_()\nprint(end_ - start_, distance_(), column_)"


def mirrors(w):
    t = w.type()
    yield block("class Base_", "var n = ‹int›", "init() {}")
    yield block("class Derived_: Base_", f"var t: {t.name} = {t.make}", "private var hidden = ‹string›")
    yield block("extension Derived_: CustomReflectable", "var customMirror: Mirror { Mirror(self, children: "
                                                         "[\"only\": ‹int›]) }") \
        if w.chance(0.3) else "let between_ = 0"
    yield block("func labels_(_ v: Any) -> [String]", "let mirror = Mirror(reflecting: v)",
                "return (mirror.superclassMirror.map { $0.children.compactMap(\\.label) } ?? []) + "
                "mirror.children.compactMap(\\.label)")
    w.offer("string", "labels_(Derived_()).joined(separator: \" \")")
    yield "print(labels_(Derived_()), labels_((a: 1, b: 2)), Mirror(reflecting: Derived_()).displayStyle as Any)"


FEATURES = [names, functions, lines, mirrors]
