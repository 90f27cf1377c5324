"""Classes: overrides at several depths, initializers, library classes as bases, casts."""

from world import block

# Of each kind of member: its text without `override`, what an override of it computes from `super`, how it is read.
MEMBERS = {
    "method": ("func say() -> String", "‹string›", 'super.say() + ‹string›', "o_.say()"),
    "argument": ("func scaled(by n: Int) -> Int", "n &* ‹int›", "super.scaled(by: n) &+ ‹int›", "o_.scaled(by: 3)"),
    "generic": ("func wrap<V>(_ v: V) -> [V]", "[v]", "super.wrap(v) + [v]", "o_.wrap(‹n›)"),
    "property": ("var size: Int", "‹int›", "super.size &+ ‹int›", "o_.size"),
    "subscript": ("subscript(i: Int) -> Int", "i &+ ‹int›", "super[i] &* 2", "o_[4]"),
    "class method": ("class func kind() -> String", "‹string›", "super.kind() + ‹string›", "type(of: o_).kind()"),
    "class property": ("class var rank: Int", "‹int›", "super.rank &+ ‹int›", "type(of: o_).rank"),
    "throwing": ("func risky() throws -> Int", "‹int›", "try super.risky() &+ 1", "(try? o_.risky()) ?? -1"),
}


def member(w, kind, override):
    head, own, above, _ = MEMBERS[kind]
    body = above if override and w.chance() else own
    modifiers = "override " if override else ""
    return f"{modifiers}{head} {{ {body} }}"


def override_chain(w):
    kinds = w.some(MEMBERS)
    generic = w.chance(0.2)
    parent = "Base_<Int>" if generic else "Base_"
    yield block("class Base_" + ("<T>" if generic else ""), *(member(w, kind, False) for kind in kinds), "init() {}")
    names = [f"Level{level}_" for level in range(1, w.between(3, 5))]
    for name in names:
        overridden = [kind for kind in kinds if w.chance()]
        final = "final " if name == names[-1] and w.chance(0.3) else ""
        yield block(f"{final}class {name}: {parent}", *(member(w, kind, True) for kind in overridden))
        parent = name
        if "property" in kinds:
            w.offer("int", f"{name}().size")
        if "method" in kinds:
            w.offer("string", f"{name}().say()")
    reads = ", ".join(MEMBERS[kind][3] for kind in kinds)
    base = "Base_<Int>" if generic else "Base_"
    yield f"func tell_(_ o_: {base}) {{ print(\"{base}\", {reads}) }}"
    for name in w.some(names):
        yield f"tell_({name}())"
    yield f"let o_ = {names[-1]}()"
    yield f"print({reads})"


def through_base(w):
    """What is overridden is called through the base class, from a list and from a function."""
    yield block("class Shape_", "func area() -> Int { 0 }", "var name: String { ‹string› }", "init() {}")
    yield "func total_(_ shapes: [Shape_]) -> Int { shapes.reduce(0) { $0 &+ $1.area() } }"
    yield block("class Rect_: Shape_", "let w, h: Int", "init(w: Int, h: Int) { self.w = w; self.h = h }",
                "override func area() -> Int { w &* h }",
                w.maybe("override var name: String { \"rect\" + super.name }"))
    yield block("class Square_: Rect_", "init(_ side: Int) { super.init(w: side, h: side) }",
                w.maybe("override func area() -> Int { super.area() &+ 1 }", 0.3))
    w.offer("int", "total_([Square_(‹n›), Rect_(w: 2, h: ‹n›)])")
    if w.chance():
        yield block("class Tile_: Square_", w.maybe("override var name: String { \"tile\" }", 0.4))
        yield "print(total_([Tile_(‹n›), Shape_()]), Tile_(1).name)"
    yield "print(total_([Square_(‹int›), Rect_(w: 1, h: ‹int›), Shape_()]), ([Square_(2), Shape_()] as " \
          "[Shape_]).map(\\.name))"


def stored_and_observed(w):
    yield block("class Meter_", "var level = ‹int›", "var twice: Int { get { level &* 2 } set { level = newValue / "
                                                     "2 } }")
    yield block("class Watched_: Meter_", "override var level: Int {",
                w.pick("    didSet { print(\"did\", oldValue, level) }", "    willSet { print(\"will\", newValue) }"),
                "}")
    yield block("class Doubled_: Watched_", w.maybe(
        "override var twice: Int { get { super.twice &+ 1 } set { super.twice = newValue &+ 2 } }"))
    yield block("class Last_: Doubled_")
    yield "let meter_: Meter_ = Last_()"
    yield "meter_.level = ‹int›"
    yield "meter_.twice = ‹int›"
    yield "meter_.level += 1"
    yield "print(meter_.level, meter_.twice)"
    if w.chance():
        yield "func raise_(_ n: inout Int) { n &+= 3 }"
        yield "raise_(&meter_.twice)"
        yield "print(meter_[keyPath: \\.level], meter_[keyPath: \\Meter_.twice])"


def behind_protocol(w):
    yield block("protocol Speaker_", "func speak() -> String", "var loud: Bool { get }", "static func make() -> Self")
    if w.chance():
        yield block("extension Speaker_", "func twice() -> String { speak() + speak() }", "var loud: Bool { false }")
        later = "twice"
    else:
        yield block("extension Speaker_", "var loud: Bool { true }")
        later = "speak"
    yield block("class Animal_: Speaker_", "required init() {}", "func speak() -> String { ‹string› }",
                w.maybe("var loud: Bool { false }"), "class func make() -> Self { self.init() }")
    yield block("class Dog_: Animal_", "override func speak() -> String { \"wau \" + ‹string› }")
    yield block("class Puppy_: Dog_", w.maybe("override func speak() -> String { super.speak() + \"!\" }", 0.3))
    yield f"func hear_(_ s: any Speaker_) -> String {{ s.{later}() + String(s.loud) }}"
    w.offer("string", "hear_(Puppy_())")
    yield f"func hearAll_<S: Speaker_>(_ s: [S]) -> String {{ s.map {{ $0.{later}() }}.joined(separator: \",\") }}"
    yield "print(hear_(Puppy_()), hearAll_([Dog_(), Puppy_()]), hear_(Dog_.make()), Puppy_.make().speak())"


def library_base(w):
    base = w.pick("formatter", "operation", "stream")
    if base == "formatter":
        yield "import Foundation\n" + block(
            "class Plain_: Formatter", "override func string(for obj: Any?) -> String? { \"plain \\(obj ?? 0)\" }")
        yield block("class Fancy_: Plain_",
                    "override func string(for obj: Any?) -> String? { \"*\" + (super.string(for: obj) ?? ‹string›) }")
        yield block("class Fanciest_: Fancy_", w.maybe("var extra: Int { ‹int› }"))
        w.offer("string", "(Fanciest_().string(for: ‹n›) ?? \"none\")")
        yield "print((Fanciest_() as Formatter).string(for: ‹int›) ?? \"none\")"
    elif base == "operation":
        yield "import Foundation\n" + block("class Work_: Operation, @unchecked Sendable",
                                            "override func main() { print(\"work\", ‹int›) }")
        yield block("class More_: Work_, @unchecked Sendable", "override func main() { super.main(); print(‹string›) }")
        yield block("class Most_: More_, @unchecked Sendable")
        yield "let work_: Operation = Most_()"
        yield "work_.start()"
        yield "print(work_.isFinished)"
    else:
        yield "import Foundation\n" + block("class Sorter_: NSObject", "let n: Int", "init(_ n: Int) { self.n = n }",
                                            "override var description: String { \"sorter \\(n)\" }")
        yield block("class Same_: Sorter_",
                    "override func isEqual(_ other: Any?) -> Bool { (other as? Sorter_)?.n == n }",
                    "override var hash: Int { n }")
        yield block("class Sub_: Same_", w.maybe("override var description: String { \"sub\" + super.description }"))
        yield "print(Sub_(‹n›), Sub_(3) == Same_(3), Sub_(3).hash, [Sub_(2)].contains(Same_(2)))"


def casts(w):
    yield block("class Thing_", w.maybe("let weight = ‹int›"))
    for name, parent in [("Fruit_", "Thing_"), ("Apple_", "Fruit_"), ("Stone_", "Thing_")]:
        yield block(f"class {name}: {parent}", f"let {name[:-1].lower()} = ‹int›")
    yield block("func kind_(_ t: Thing_) -> String", "switch t {", "case let apple as Apple_:",
                "    return \"apple \\(apple.apple &+ apple.fruit)\"", "case is Fruit_: return \"fruit\"",
                "default: return \"thing\"", "}")
    w.offer("string", "kind_(Apple_())")
    yield "let things_: [Thing_] = [Apple_(), Stone_(), Fruit_(), Thing_()]"
    yield "print(things_.map(kind_), things_.compactMap { $0 as? Fruit_ }.count, (things_[0] as! Apple_).apple)"
    yield "print(things_.map { String(describing: type(of: $0)) }, things_[0] === things_[0], things_[1] as? Apple_ " \
          "== nil)"


def generic_classes(w):
    t = w.type()
    yield block("class Box_<T>", "var value: T", "init(_ value: T) { self.value = value }",
                "func map<U>(_ f: (T) -> U) -> Box_<U> { Box_<U>(f(value)) }",
                "var told: String { \"box of \\(value)\" }")
    yield block("class Counted_<T>: Box_<T>", "var reads = 0",
                "override var value: T {", "    get { reads += 1; return super.value }",
                "    set { super.value = newValue }",
                "}", w.maybe("override var told: String { \"counted \" + super.told }"))
    if w.chance():
        yield block(f"class Fixed_: Counted_<{t.name}>", f"init() {{ super.init({t.make}) }}")
        made = "Fixed_()"
    else:
        yield block("final class Pair_<A, B>: Counted_<(A, B)>", "init(a: A, b: B) { super.init((a, b)) }",
                    w.maybe("override var told: String { \"pair \\(value.0)\" }"))
        made = f"Pair_(a: ‹n›, b: {t.make})"
    w.offer("int", "Counted_(‹n›).map { $0 &+ 1 }.value")
    yield f"let box_ = {made}"
    yield "print(box_.told, box_.told, box_.reads, (box_ as Box_).map { \"\\($0)\" }.value)"


FEATURES = [override_chain, through_base, stored_and_observed, behind_protocol, library_base, casts, generic_classes]
