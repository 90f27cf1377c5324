"""Structures, enumerations, tuples and patterns."""

from world import block


def structures(w):
    a, b = w.type("Sendable"), w.type("Sendable")
    shared = a.traits & b.traits
    conforms = w.some(sorted(shared & {"Equatable", "Hashable", "Codable", "Sendable"}) or ["Sendable"])
    yield block(f"struct Pair_: {', '.join(conforms)}", f"var a: {a.name}", f"var b: {b.name}", "var n = ‹int›",
                w.maybe(f"init(a: {a.name}, n: Int) {{ self.a = a; self.n = n; b = {b.make} }}\n"
                        f"init(a: {a.name}, b: {b.name}) {{ self.a = a; self.b = b }}", 0.3))
    yield block("extension Pair_", "mutating func bump() { n &+= ‹n› }", "var swapped: Int { -n }",
                f"func with(_ a: {a.name}) -> Self {{ var copy = self; copy.a = a; return copy }}")
    w.offer_type("Pair_", f"Pair_(a: {a.make}, b: {b.make})",
                 " ".join(set(conforms) | ({"Equatable"} if "Hashable" in conforms else set()) | {"Sendable"}))
    w.offer("int", f"Pair_(a: {a.make}, b: {b.make}).swapped")
    yield f"var pair_ = Pair_(a: {a.make}, b: {b.make})"
    yield "pair_.bump()"
    yield f"print(pair_.n, pair_.with({a.make}).swapped, pair_)"


def observers(w):
    yield block("struct Gauge_", "var level = ‹int› {", "    willSet { print(\"to\", newValue) }",
                "    didSet { if level > 50 { level = 50 } }", "}",
                "var percent: Double { get { Double(level) / 2 } set { level = Int(newValue * 2) } }",
                "subscript(name: String) -> Int { get { name.count &+ level } set { level = newValue } }")
    yield "var gauge_ = Gauge_()"
    yield "gauge_.level += 70"
    yield "gauge_.percent = 5"
    yield "gauge_[‹string›] -= 3"
    yield "print(gauge_.level, gauge_)"


def payloads(w):
    t = w.type()
    yield f"enum Event_ {{ case none, key(Int), pair(x: Int, y: String), carried({t.name}) }}"
    yield block("extension Event_", "var told: String {", "    switch self {", "    case .none: return \"none\"",
                "    case .key(let n) where n > 10: return \"big key\"", "    case .key(0), .key(1): return \"small\"",
                "    case .key: return \"key\"", "    case let .pair(x, y): return \"\\(y) \\(x)\"",
                "    case .carried(let value): return \"carried \\(value)\"", "    }", "}")
    w.offer("string", "Event_.key(‹n›).told")
    w.offer_type("Event_", "Event_.pair(x: ‹int›, y: ‹string›)")
    yield f"let events_: [Event_] = [.none, .key(‹int›), .pair(x: 1, y: ‹string›), .carried({t.make})]"
    yield "for event_ in events_ { print(event_.told, terminator: \"; \") }\nprint()"
    yield "if case .pair(let x, _)? = events_.dropFirst(2).first { print(\"pair at\", x) }"
    yield "print(events_[1], events_.filter { if case .key = $0 { true } else { false } }.count)"


def raw_values(w):
    raw = w.pick("Int", "String")
    cases = "case north = 3, east, south" if raw == "Int" else "case north, east = \"E\", south"
    yield f"enum Side_: {raw}, CaseIterable, Codable {{ {cases} }}"
    yield block("extension Side_", "var next: Side_ {",
                "    let all = Side_.allCases", "    return all[(all.firstIndex(of: self)! + 1) % all.count]", "}")
    if w.chance():
        yield "extension Side_: Comparable { static func < (a: Side_, b: Side_) -> Bool { a.index < b.index }\n" \
              "    private var index: Int { Side_.allCases.firstIndex(of: self)! } }"
        yield "print(Side_.allCases.sorted(by: >), Side_.east < .south)"
    w.offer("string", "\"\\(Side_.east.next.rawValue)\"")
    w.offer_type("Side_", "Side_.north", "Equatable Hashable Codable Sendable")
    yield f"print(Side_.allCases.map(\\.rawValue), Side_.south.next, Side_(rawValue: " \
          f"{'4' if raw == 'Int' else chr(34) + 'E' + chr(34)}) as Any)"


def indirect(w):
    yield "indirect enum Expression_ { case number(Int), sum(Expression_, Expression_), negated(Expression_) }"
    yield block("func value_(_ e: Expression_) -> Int", "switch e {", "case .number(let n): n",
                "case let .sum(a, b): value_(a) &+ value_(b)", "case .negated(let inner): -value_(inner)", "}")
    yield block("extension Expression_", "static func + (a: Self, b: Self) -> Self { .sum(a, b) }",
                "static prefix func - (a: Self) -> Self { .negated(a) }")
    literal = w.chance()
    if literal:
        yield "extension Expression_: ExpressibleByIntegerLiteral { init(integerLiteral n: Int) { self = .number(n) } }"
    w.offer("int", "value_(.number(‹n›) + .number(‹n›))")
    yield f"print(value_(-({'1' if literal else '.number(1)'} + .number(‹int›))), Expression_.number(1) + .number(2))"


def options(w):
    yield block("struct Style_: OptionSet", "let rawValue: Int", "static let bold = Style_(rawValue: 1)",
                "static let wide = Style_(rawValue: 2)")
    yield "extension Style_ { static let italic = Style_(rawValue: 4); static let all: Style_ = [.bold, .wide, " \
          ".italic] }"
    w.offer("int", "Style_.all.subtracting(.bold).rawValue")
    w.offer_type("Style_", "Style_.bold", "Equatable Hashable Codable Sendable")
    yield "var style_: Style_ = [.bold]"
    yield "print(style_.insert(.italic).inserted, style_.contains(.wide), style_.union(.wide).rawValue, style_ == " \
          "[.bold, .italic])"


def tuples(w):
    a = w.type()
    yield f"func split_(_ n: Int) -> (whole: Int, rest: Int, with: {a.name}) {{ (n / 3, n % 3, {a.make}) }}"
    yield "let (whole_, rest_, _) = split_(‹int›)"
    yield "var corner_ = (x: whole_, y: rest_)\ncorner_.x += 1"
    yield "func place_(_ p: (Int, Int)) -> String {\n    switch p {\n    case (0, 0): \"origin\"\n    case (_, 0): " \
          "\"on x\"\n" \
          "    case (let x, let y) where x == y: \"diagonal\"\n    case (-9...9, ...3): \"near\"\n    default: " \
          "\"far\"\n    }\n}"
    w.offer("string", "place_((‹n›, ‹n›))")
    w.offer("int", "split_(‹n›).rest")
    w.offer("top int", "corner_.x")
    yield "print(corner_, place_(corner_), [(0, 0), (4, 0), (7, 7), (99, 99)].map(place_), split_(10).with)"
    yield "(corner_.x, corner_.y) = (corner_.y, corner_.x)"
    yield "print(corner_ == (1, 2), corner_.x)"


def patterns(w):
    yield "func ~= (pattern: Within_, n: Int) -> Bool { pattern.range.contains(n) }\nstruct Within_ { let range: " \
          "Range<Int> }"
    yield block("func size_(_ n: Int) -> String", "switch n {", "case Within_(range: 0..<10): \"small\"",
                "case Within_(range: 10..<100): \"large\"", "case let k where k % 2 == 0: \"even \\(k)\"",
                "default: \"odd\"", "}")
    yield block("func sum_(_ items: [Any?]) -> Int", "var sum = 0", "for case let n as Int in items { sum &+= n }",
                "for case .some(let s as String) in items where !s.isEmpty { sum &+= s.count }",
                "outer: for i in 0..<5 { for j in 0..<5 { if i &* j > 6 { break outer }; if j > i { continue outer "
                "}; sum &+= 1 } }",
                "return sum")
    w.offer("string", "size_(‹int›)")
    w.offer("int", "sum_([‹n›, \"ab\", nil])")
    yield "print([5, 50, 500, 501].map(size_), sum_([1, nil, \"four\", 2.5]))"


def noncopyable(w):
    yield block("struct File_: ~Copyable", "let id: Int", "init(_ id: Int) { self.id = id }",
                "borrowing func read() -> Int { id &+ ‹int› }",
                "consuming func close() { print(\"close\", id); discard self }",
                "deinit { print(\"drop\", id) }")
    yield "func use_(_ file: borrowing File_) -> Int { file.read() }"
    yield "func end_(_ file: consuming File_) -> Int { let n = file.id; file.close(); return n }"
    yield block("func both_(_ n: Int) -> Int", "let a = File_(n)", "let b = File_(n &+ 1)",
                "let read = use_(a) &+ use_(b)",
                "let last = end_(b)", "return read &+ last &+ end_(a)")
    if w.chance():
        yield block("enum Slot_<T: ~Copyable>: ~Copyable", "case empty, full(T)",
                    "consuming func isFull() -> Bool { switch consume self { case .empty: false; case .full: true } }")
        yield "print(Slot_.full(File_(90)).isFull())"
    yield "print(both_(‹int›))"
    yield block("do", "let file = File_(1)", "print(file.read())", "file.close()")


FEATURES = [structures, observers, payloads, raw_values, indirect, options, tuples, patterns, noncopyable]
