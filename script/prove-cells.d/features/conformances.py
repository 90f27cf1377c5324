"""Protocols: defaults, associated types, conformances stated with the type or later, extensions of library types."""

from world import block


def defaults(w):
    """A requirement with a default is dispatched to the type's own; what is only in the extension is not."""
    yield block("protocol Pet_", "var name: String { get }", "func greet() -> String")
    yield block("extension Pet_", "func greet() -> String { \"default \" + name }",
                "func only() -> String { \"only \" + name }")
    kind = w.pick("struct", "enum", "final class")
    if kind == "enum":
        yield "enum Cat_ { case tom }"
        made = "Cat_.tom"
    else:
        yield block(f"{kind} Cat_", "init() {}")
        made = "Cat_()"
    yield block("extension Cat_: Pet_", "var name: String { ‹string› }",
                w.maybe("func greet() -> String { \"own \" + name }"), w.maybe("func only() -> String { \"mine\" }"))
    yield f"let pet_: any Pet_ = {made}"
    yield f"print(pet_.greet(), pet_.only(), {made}.greet(), {made}.only())"
    w.offer("string", f"{made}.greet()")


def associated(w):
    t = w.type("Sendable")
    yield block("protocol Source_<Item>", "associatedtype Item", "mutating func next() -> Item?")
    yield block("extension Source_", "mutating func all() -> [Item] {", "    var found: [Item] = []",
                "    while let item = next() { found.append(item) }", "    return found", "}")
    yield block("struct Countdown_: Source_", "var n: Int",
                "mutating func next() -> Int? { if n == 0 { return nil }; n -= 1; return n }")
    yield block("struct Repeated_<Item>: Source_", "let item: Item", "var left: Int",
                "mutating func next() -> Item? { if left == 0 { return nil }; left -= 1; return item }")
    if w.chance():
        yield block("extension Source_ where Item == Int", "mutating func sum() -> Int { all().reduce(0, &+) }")
        yield "var down_ = Countdown_(n: 5)"
        yield "print(down_.sum())"
    yield "func drained_(_ source: some Source_<Int>) -> Int { var s = source; return s.all().count }"
    yield "func drainedAny_(_ source: any Source_) -> Int { var s = source; return s.all().count }"
    w.offer("int", "drained_(Countdown_(n: ‹n›))")
    yield f"print(drainedAny_(Repeated_(item: {t.make}, left: 3)), drained_(Repeated_(item: 1, left: 2)))"


def later(w):
    """Conformances to library protocols that the program writes, each in a step of its own."""
    kind = w.pick("struct", "final class")
    yield block(f"{kind} Version_", "let major: Int", "let minor: Int",
                "init(_ major: Int, _ minor: Int) { self.major = major; self.minor = minor }")
    stated = w.shuffled([
        block("extension Version_: CustomStringConvertible", "var description: String { \"v\\(major).\\(minor)\" }"),
        block("extension Version_: CustomDebugStringConvertible",
              "var debugDescription: String { \"debug \\(major)\" }"),
        block("extension Version_: ExpressibleByIntegerLiteral", "init(integerLiteral n: Int) { self.init(n, 0) }")
        if kind == "struct" else "",
    ])
    yield block("extension Version_: Equatable",
                "static func == (a: Version_, b: Version_) -> Bool { (a.major, a.minor) == (b.major, b.minor) }")
    for text in filter(None, stated):
        yield text
    if w.chance():
        yield block("extension Version_: Comparable",
                    "static func < (a: Version_, b: Version_) -> Bool { (a.major, a.minor) < (b.major, b.minor) }")
        yield "print([Version_(2, 1), Version_(1, 9), Version_(1, 2)].sorted().map(\\.minor), max(Version_(1, 1), " \
              "Version_(1, 0)))"
    if w.chance():
        yield block("extension Version_: Hashable", "func hash(into hasher: inout Hasher) { hasher.combine(major) }")
        yield "print(Set([Version_(1, 1), Version_(1, 1)]).count)"
    w.offer("string", "Version_(‹n›, ‹n›).description")
    yield "print(Version_(1, ‹int›), [Version_(1, 2)], Version_(1, 1) == Version_(1, 1), Optional(Version_(3, 4)) " \
          "as Any)"


def library_types(w):
    """Own protocols for library types, own members of them, and types nested in them."""
    yield block("protocol Measured_", "var measure_: Int { get }", "static var unit_: String { get }")
    yield block("extension Measured_", "static var unit_: String { \"units\" }",
                "func told_() -> String { \"\\(measure_) \\(Self.unit_)\" }")
    for text in w.shuffled([
        block("extension Int: Measured_", "var measure_: Int { self &+ ‹int› }",
              w.maybe("static var unit_: String { \"ints\" }")),
        block("extension String: Measured_", "var measure_: Int { count }"),
        block("extension Array: Measured_ where Element: Measured_",
              "var measure_: Int { reduce(0) { $0 &+ $1.measure_ } }"),
        block("extension Optional: Measured_ where Wrapped: Measured_", "var measure_: Int { self?.measure_ ?? -1 }"),
    ]):
        yield text
    yield "func measured_(_ m: any Measured_) -> String { m.told_() }"
    w.offer("string", "measured_([‹n›, ‹n›])")
    yield "print(measured_(‹string›), measured_([[‹n›], []]), measured_(Optional(‹n›)), [\"a\", \"bc\"].told_())"


def nested(w):
    """Types declared in extensions, of own types and of the library's."""
    own = w.chance(0.7)
    if own:
        yield w.pick("enum Planet_ { case earth, mars }", "struct Planet_ { let n = ‹int› }", "enum Planet_ {}")
    outer = "Planet_" if own else w.pick("Int", "String", "Array")
    yield block(f"extension {outer}", "enum Moon_: String { case luna, phobos }",
                "struct Orbit_ { var radius = ‹int›; var moon = Moon_.luna }",
                w.maybe("final class Probe_ { var name = ‹string› }\nstatic func launch_() -> Probe_ { Probe_() }"))
    outer = "Array<Int>" if outer == "Array" else outer
    yield block(f"extension {outer}.Orbit_", "func told() -> String { \"orbit \\(radius) \\(moon)\" }") \
        if "<" not in outer else "let unused_ = 0"
    yield f"let orbit_ = {outer}.Orbit_(radius: ‹int›)"
    yield "print(orbit_, orbit_.moon.rawValue, orbit_.moon)"
    yield f"print([{outer}.Moon_.luna], String(describing: {outer}.Orbit_.self))"
    if w.chance():
        yield f"print(String(reflecting: {outer}.Moon_.phobos))\ndump(orbit_)"


def sequences(w):
    yield block("struct Squares_", "let count: Int", w.maybe("let unused = ‹int›"))
    if w.chance():
        yield block("struct SquaresIterator_: IteratorProtocol", "var n = 0", "let end: Int",
                    "mutating func next() -> Int? { if n == end { return nil }; n += 1; return n &* n }")
        yield block("extension Squares_: Sequence",
                    "func makeIterator() -> SquaresIterator_ { SquaresIterator_(end: count) }")
    else:
        yield block("extension Squares_: Collection", "var startIndex: Int { 0 }", "var endIndex: Int { count }",
                    "func index(after i: Int) -> Int { i + 1 }", "subscript(i: Int) -> Int { i &* i }")
    w.offer("int", "Squares_(count: ‹n›).reduce(0, &+)")
    yield "for square_ in Squares_(count: 3) { print(square_, terminator: \" \") }\nprint()"
    yield "print(Squares_(count: 4).map { $0 &+ ‹int› }, Squares_(count: 9).prefix(2).reversed(), " \
          "Array(zip(Squares_(count: 2), \"ab\")))"


def refined(w):
    """Protocols that refine others, requirements of Self and of initializers, extensions with conditions."""
    yield block("protocol Value_", "init(_ n: Int)", "var n: Int { get set }",
                "static func + (a: Self, b: Self) -> Self")
    yield block("protocol Scaled_: Value_", "static var factor: Int { get }")
    yield block("extension Value_", "static func + (a: Self, b: Self) -> Self { Self(a.n &+ b.n) }",
                "mutating func bump() { n &+= 1 }")
    yield block("extension Scaled_", "var scaled: Int { n &* Self.factor }")
    yield block("struct Metre_: Value_", "var n: Int", "init(_ n: Int) { self.n = n }")
    yield block("extension Metre_: Scaled_", "static var factor: Int { ‹int› }")
    yield "func sum_<V: Value_>(_ values: V...) -> V { values.reduce(V(0), +) }"
    w.offer("int", "sum_(Metre_(‹n›), Metre_(‹n›)).scaled")
    w.offer_type("Metre_", "Metre_(‹n›)", "Sendable")
    yield "var metre_ = Metre_(‹int›)"
    yield "metre_.bump()"
    yield "print(metre_.scaled, sum_(metre_, metre_, Metre_(1)).n, (metre_ as any Scaled_).n)"


def sendable_later(w):
    kind = w.pick("final class", "struct", "enum", "generic")
    if kind == "enum":
        yield "enum Sent_ { case one(Int), none }"
        made = "Sent_.one(‹int›)"
    elif kind == "generic":
        yield block("struct Sent_<T>", "let n: T")
        made = "Sent_(n: ‹int›)"
    else:
        yield block(f"{kind} Sent_", "let n: Int", "init(n: Int) { self.n = n }")
        made = "Sent_(n: ‹int›)"
    yield f"extension Sent_: Sendable {'where T: Sendable ' if kind == 'generic' else ''}{{}}"
    yield "func send_<S: Sendable>(_ s: S) -> String { \"\\(type(of: s))\" }"
    yield f"print(send_({made}))"


def empty_conformances(w):
    """Marker protocols and errors, stated later without members."""
    yield block("protocol Marker_", w.maybe("associatedtype T = Int"))
    yield w.pick("struct Marked_ {}", "class Marked_ { init() {} }", "enum Marked_ { case a; init() { self = .a } }")
    yield "extension Marked_: Marker_ {}"
    yield "extension Marker_ { var mark: String { ‹string› + \" \\(Self.self)\" } }"
    yield "func isMarked_(_ v: Any) -> Bool { v is any Marker_ }"
    w.offer("string", "Marked_().mark")
    yield "print(isMarked_(Marked_()), isMarked_(3), Marked_().mark)"


def compositions(w):
    """Protocols joined by &, with a class, and members that are found by the type expected."""
    yield "protocol Named_ { var name: String { get } }\nprotocol Aged_: AnyObject { var age: Int { get set } }"
    yield block("class Being_: Named_", "var name: String { ‹string› }", "init() {}")
    yield block("final class Person_: Being_, Aged_", "var age = ‹int›")
    yield "func older_(_ p: any Named_ & Aged_) -> String { p.age &+= 1; return p.name + \"\\(p.age)\" }"
    yield "func both_(_ p: Being_ & Aged_) -> Int { p.age &+ p.name.count }"
    yield "struct Tag_: Named_ { let name: String }\n" \
          "extension Named_ where Self == Tag_ { static var usual_: Tag_ { Tag_(name: ‹string›) } }"
    yield "func tagged_(_ n: some Named_) -> String { n.name }"
    w.offer("string", "older_(Person_())")
    w.offer("string", "tagged_(.usual_)")
    yield "print(older_(Person_()), both_(Person_()), tagged_(.usual_), Person_() is any Aged_)"


FEATURES = [defaults, associated, later, library_types, nested, sequences, refined, sendable_later, empty_conformances,
            compositions]
