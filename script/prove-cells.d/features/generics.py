"""Generic functions and types, opaque types, parameter packs, key paths."""

from world import block


def constrained(w):
    yield "func largest_<T: Comparable>(_ items: [T]) -> T? { items.max() }"
    yield block("func common_<A: Sequence, B: Sequence>(_ a: A, _ b: B) -> [A.Element] where A.Element == B.Element, "
                "A.Element: Equatable", "a.filter { item in b.contains(item) }")
    t = w.type("Comparable")
    w.offer("int", "(largest_([‹n›, ‹n›]) ?? 0)")
    yield f"print(largest_([{t.make}, {t.make}]) as Any, common_([1, 2, 3], [3, 1]), common_(\"abc\", [\"b\"]))"


def stacks(w):
    kind = w.pick("struct", "final class")
    mutating = "mutating " if kind == "struct" else ""
    yield block(f"{kind} Stack_<Element>", "private var items: [Element] = []", "var count: Int { items.count }",
                "init() {}", f"{mutating}func push(_ item: Element) {{ items.append(item) }}",
                f"@discardableResult {mutating}func pop() -> Element? {{ items.popLast() }}")
    yield block("extension Stack_ where Element: Equatable", "func has(_ item: Element) -> Bool { "
                                                             "items.contains(item) }")
    yield block("extension Stack_", "func map<U>(_ f: (Element) -> U) -> Stack_<U> {", "    let other = Stack_<U>()"
                if kind != "struct" else "    var other = Stack_<U>()", "    for item in items { other.push(f(item)) }",
                "    return other", "}")
    if w.chance():
        yield block("extension Stack_: CustomStringConvertible where Element: CustomStringConvertible",
                    "var description: String { items.map(\\.description).joined(separator: \"|\") }")
        told = "stack_.description"
    else:
        told = "stack_.map { \"\\($0)\" }.count"
    t = w.type("Equatable CustomStringConvertible")
    yield f"{'var' if kind == 'struct' else 'let'} stack_ = Stack_<{t.name}>()"
    yield f"stack_.push({t.make})"
    yield f"stack_.push({t.make})"
    yield f"print({told}, stack_.has({t.make}), stack_.pop() as Any, stack_.count)"


def opaque(w):
    yield block("protocol Figure_", "associatedtype Unit: CustomStringConvertible", "var unit: Unit { get }",
                "func area() -> Int")
    yield block("struct Disk_: Figure_", "var r: Int", "var unit: String { ‹string› }",
                "func area() -> Int { 3 &* r &* r }")
    yield block("struct Joined_<A: Figure_, B: Figure_>: Figure_", "let a: A, b: B", "var unit: A.Unit { a.unit }",
                "func area() -> Int { a.area() &+ b.area() }")
    yield "func pair_(_ n: Int) -> some Figure_ { Joined_(a: Disk_(r: n), b: Disk_(r: ‹int›)) }"
    if w.chance():
        yield "func join_(_ a: some Figure_, _ b: some Figure_) -> some Figure_ { Joined_(a: a, b: b) }"
        yield "print(join_(pair_(1), Disk_(r: 2)).area())"
    yield "func either_(_ flag: Bool) -> any Figure_ { flag ? Disk_(r: 1) : Joined_(a: Disk_(r: 2), b: Disk_(r: 1)) }"
    w.offer("int", "pair_(‹n›).area()")
    w.offer("int", "either_(false).area()")
    yield "print(pair_(2).area(), pair_(1).unit, either_(true).area(), either_(false).unit, type(of: either_(false)))"


def packs(w):
    yield "func told_<each T>(_ values: repeat each T) -> [String] {\n    var all: [String] = []\n" \
          "    repeat all.append(String(describing: each values))\n    return all\n}"
    a, b = w.type(), w.type()
    if w.chance():
        yield block("struct Tuple_<each T>", "let values: (repeat each T)",
                    "init(_ values: repeat each T) { self.values = (repeat each values) }",
                    "func doubled() -> (repeat (each T, each T)) { (repeat (each values, each values)) }")
        yield f"print(Tuple_(‹int›, {a.make}).doubled())"
    yield "func count_<each T: Equatable>(_ a: (repeat each T), _ b: (repeat each T)) -> Int {\n    var same = 0\n" \
          "    for (x, y) in repeat (each a, each b) { if x == y { same += 1 } }\n    return same\n}"
    w.offer("string", "told_(‹n›, \"x\", [1]).joined()")
    w.offer("int", "count_((‹n›, \"a\"), (‹n›, \"a\"))")
    yield f"print(told_({a.make}, {b.make}, ‹int›), count_((1, \"b\", true), (1, \"c\", true)))"


def key_paths(w):
    t = w.type("Sendable")
    kind = w.pick("struct", "final class")
    yield block(f"{kind} Person_", "var name: String", "var age: Int", f"var extra: {t.name}",
                f"init(name: String, age: Int) {{ self.name = name; self.age = age; extra = {t.make} }}",
                "subscript(n: Int) -> Int { age &* n }")
    yield block("extension Array", "func sorted_<V: Comparable>(by path: KeyPath<Element, V>) -> [Element] {",
                "    sorted { $0[keyPath: path] < $1[keyPath: path] }", "}")
    yield "func update_<R, V>(_ root: inout R, _ path: WritableKeyPath<R, V>, _ f: (V) -> V) { root[keyPath: path] " \
          "= f(root[keyPath: path]) }"
    yield "var people_ = [Person_(name: ‹string›, age: 31), Person_(name: \"bo\", age: 24)]"
    yield "update_(&people_[1], \\.age) { $0 &+ ‹int› }"
    yield "print(people_.sorted_(by: \\.name).map(\\.age), people_.map(\\.[2]), people_[0][keyPath: \\.extra])"
    yield "let path_ = (\\Person_.name).appending(path: \\.count)"
    yield "print(people_.map { $0[keyPath: path_] }, people_.first?[keyPath: \\.name.isEmpty] as Any)"


def generic_numbers(w):
    yield block("struct Vector_<Scalar: Numeric>", "var x: Scalar, y: Scalar",
                "static func * (a: Self, k: Scalar) -> Self { Self(x: a.x * k, y: a.y * k) }",
                "static var zero: Self { Self(x: 0, y: 0) }")
    yield block("extension Vector_: Equatable where Scalar: Equatable",
                "static func == (a: Self, b: Self) -> Bool { a.x == b.x }") \
        if w.chance(0.3) else block("extension Vector_ where Scalar: BinaryInteger", "var whole: Scalar { x / 2 }")
    yield block("extension Vector_ where Scalar == Double", "var length: Double { (x * x + y * y).squareRoot() }")
    yield "typealias Whole_ = Vector_<Int>"
    yield "func dot_<S>(_ a: Vector_<S>, _ b: Vector_<S>) -> S { a.x * b.x + a.y * b.y }"
    w.offer("int", "dot_(Whole_(x: ‹n›, y: 1), Whole_(x: 2, y: ‹n›))")
    w.offer_type("Vector_<Int>", "Vector_<Int>(x: ‹n›, y: 3)")
    yield "print(Vector_(x: 3.0, y: 4).length, Whole_(x: 1, y: 2) * 3, Whole_.zero.x, dot_(Vector_(x: 0.5, y: 1), " \
          ".zero))"


def recursion(w):
    """Generic functions that call themselves, and each other, over types of the program."""
    yield "indirect enum Tree_<T> { case leaf, node(Tree_<T>, T, Tree_<T>) }"
    yield block("extension Tree_ where T: Comparable", "func inserting(_ v: T) -> Tree_ {", "    switch self {",
                "    case .leaf: .node(.leaf, v, .leaf)",
                "    case let .node(l, x, r) where v < x: .node(l.inserting(v), x, r)",
                "    case let .node(l, x, r): .node(l, x, r.inserting(v))", "    }", "}")
    yield block("extension Tree_", "var depth: Int {", "    if case let .node(l, _, r) = self { 1 + max(l.depth, "
                                                       "r.depth) } else { 0 }",
                "}", "func walk(_ f: (T) -> Void) {", "    guard case let .node(l, x, r) = self else { return }",
                "    l.walk(f); f(x); r.walk(f)", "}")
    t = w.type("Comparable")
    w.offer("int", "Tree_.leaf.inserting(‹n›).inserting(‹n›).depth")
    yield f"let tree_ = [{t.make}, {t.make}, {t.make}].reduce(Tree_<{t.name}>.leaf) {{ $0.inserting($1) }}"
    yield "tree_.walk { print($0, terminator: \" \") }\nprint(tree_.depth)"


def specialised(w):
    """A generic function behind a protocol, called by a second one of a later step."""
    yield block("protocol Monoid_", "static var unit_: Self { get }", "func joined_(_ other: Self) -> Self")
    yield "func fold_<M: Monoid_>(_ items: [M]) -> M { items.reduce(M.unit_) { $0.joined_($1) } }"
    yield block("extension Int: Monoid_", "static var unit_: Int { 0 }",
                "func joined_(_ other: Int) -> Int { self &+ other }")
    yield block("extension String: Monoid_", "static var unit_: String { \"\" }",
                "func joined_(_ other: String) -> String { self + other }")
    yield block("struct Both_<A: Monoid_, B: Monoid_>: Monoid_", "let a: A, b: B",
                "static var unit_: Self { Self(a: .unit_, b: .unit_) }",
                "func joined_(_ o: Self) -> Self { Self(a: a.joined_(o.a), b: b.joined_(o.b)) }")
    yield "func twice_<M: Monoid_>(_ items: [M]) -> M { fold_(items).joined_(fold_(items.reversed())) }"
    w.offer("int", "twice_([‹n›, ‹n›])")
    w.offer("string", "fold_([‹string›, ‹string›])")
    yield "print(twice_([Both_(a: ‹int›, b: ‹string›), Both_(a: 1, b: \"z\")]), fold_([Int]()))"


FEATURES = [constrained, stacks, opaque, packs, key_paths, generic_numbers, recursion, specialised]
