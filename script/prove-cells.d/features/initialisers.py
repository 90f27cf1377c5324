"""Initializers, deinitializers, lazy and static properties, and in which order they run."""

from world import block


def init_chain(w):
    yield block("class Root_", "let id: Int", "var log: [String] = []",
                "init(id: Int) { self.id = id; log.append(\"root \\(id)\") }",
                "convenience init() { self.init(id: ‹int›); log.append(\"plain\") }",
                w.maybe("convenience init?(text: String) { guard let n = Int(text) else { return nil }; "
                        "self.init(id: n) }"))
    yield block("class Branch_: Root_",
                w.pick("override init(id: Int) { super.init(id: id &+ 1); log.append(\"branch\") }",
                       "override convenience init(id: Int) { self.init(tag: ‹string›, id: id) }\n"
                       "init(tag: String, id: Int) { super.init(id: id); log.append(tag) }",
                       "let tag = ‹string›"))
    yield block("class Leaf_: Branch_", w.maybe("var leaves = ‹int›"))
    w.offer("int", "Leaf_(id: ‹n›).id")
    w.offer("string", "Leaf_(id: ‹n›).log.joined(separator: \"/\")")
    yield "print(Leaf_(id: ‹int›).log, Leaf_().log, Branch_().id)"


def required_inits(w):
    yield block("class Made_", "let n: Int", "required init(_ n: Int) { self.n = n }",
                "static func both() -> [Made_] { [self.init(1), Made_(2)] }")
    yield block("class MadeTwice_: Made_",
                w.pick("required init(_ n: Int) { super.init(n &* 2) }", "var extra = ‹int›"))
    yield block("class MadeThrice_: MadeTwice_", w.maybe("required init(_ n: Int) { super.init(n &+ 1) }", 0.3))
    yield "func make_(_ type: Made_.Type, _ n: Int) -> Made_ { type.init(n) }"
    w.offer("int", "make_(MadeThrice_.self, ‹n›).n")
    yield "print(make_(MadeThrice_.self, ‹int›).n, MadeThrice_.both().map(\\.n), type(of: make_(MadeTwice_.self, 1)))"


def deinits(w):
    yield block("class Held_", "let name: String", "init(_ name: String) { self.name = name; print(\"init\", name) }",
                "deinit { print(\"deinit\", name) }")
    yield block("class Holder_: Held_", "var next: Held_?", w.maybe("deinit { print(\"holder goes\") }"))
    yield block("final class Owner_: Holder_", "weak var back: Holder_?", w.maybe("deinit { print(\"owner goes\") }"))
    yield block("do", "let holder = Holder_(‹string›)", "holder.next = Owner_(\"b\")",
                "(holder.next as? Owner_)?.back = holder", "withExtendedLifetime(holder) { print(holder.next?.name ?? \"-\") }")
    yield "var held_: Held_? = Owner_(‹string›)"
    yield "weak var seen_ = held_"
    yield "held_ = nil"
    yield "print(seen_ == nil)"


def static_chain(w):
    """A static property is made at its first use, and that of another type on the way."""
    yield block("func made_(_ name: String) -> Int", "print(\"made\", name)", "return ‹int›")
    yield block("enum First_", "static let value = made_(\"first\")", "static let text = \"first \" + ‹string›")
    yield block("struct Second_", "static let value = First_.value &+ made_(\"second\")", "var own = Second_.value",
                w.maybe("nonisolated(unsafe) static var count = 0"), "static func told() -> String { First_.text }")
    yield "print(\"before\")"
    yield "print(Second_().own, First_.value, Second_.told())"
    w.offer("int", "Second_.value")
    w.offer("string", "Second_.told()")


def counters(w):
    kind = w.pick("struct", "final class", "enum")
    yield block(f"{kind} Counter_", "nonisolated(unsafe) static var count = ‹int›",
                "static func next() -> Int { count += 1; return count }",
                *(["private static let step = 3"] if w.chance() else []))
    yield block("extension Counter_", "static func skip() { count += 10 }")
    yield "Counter_.skip()"
    yield "print(Counter_.next(), Counter_.next())"
    yield "Counter_.count *= 2"
    yield "print(Counter_.count, { Counter_.next() }())"


def lazies(w):
    kind = w.pick("class", "struct")
    yield block(f"{kind} Slow_", "var n: Int", "lazy var square: Int = { print(\"computing\"); return n &* n }()",
                "lazy var text = ‹string›", *(["init(n: Int) { self.n = n }"] if kind == "class" else []))
    yield "var slow_ = Slow_(n: ‹int›)"
    yield "slow_.n = 7"
    yield "print(slow_.square, slow_.square)"
    yield "slow_.text += \"!\""
    yield "print(slow_.text)"
    if w.chance():
        yield "let late_ = { () -> Int in print(\"at once\"); return 4 }()"
        yield "print(late_ + late_)"


def failing_inits(w):
    yield block("struct Even_", "let n: Int", "init?(_ n: Int) { if n % 2 != 0 { return nil }; self.n = n }",
                "init(half n: Int) { self.n = n &* 2 }")
    yield block("extension Even_", "init(twice other: Even_) { self.init(half: other.n) }",
                "init?(text: String) { guard let n = Int(text) else { return nil }; self.init(n) }")
    w.offer("int", "(Even_(‹n›)?.n ?? -1)")
    w.offer_type("Even_", "Even_(half: ‹n›)", "Sendable")
    yield "print(Even_(‹int›) as Any, Even_(twice: Even_(half: 2)).n, Even_(text: \"8\")?.n ?? 0, Even_(text: " \
          "\"x\") == nil)"


def private_members(w):
    """What is private to a type is for its extensions, too; what is private to a file for all of it."""
    kind = w.pick("struct", "final class")
    yield block(f"{kind} Safe_", "private var secret = ‹int›", "fileprivate var shared = ‹int›",
                "private(set) var seen = 0", w.maybe("private func hidden() -> Int { secret &+ 1 }"), "init() {}")
    mutating = "mutating " if kind == "struct" else ""
    yield block("extension Safe_", f"{mutating}func open() -> Int {{ secret += 1; seen += 1; return secret }}",
                "private var inner: Int { secret &* 2 }", "var outer: Int { inner &+ shared }")
    yield "private func peek_(_ s: Safe_) -> Int { s.shared }"
    yield "fileprivate let safety_ = ‹int›"
    yield "var safe_ = Safe_()" if kind == "struct" else "let safe_ = Safe_()"
    yield "print(safe_.open(), safe_.open(), safe_.seen, safe_.outer, peek_(safe_), safety_)"
    w.offer("int", "Safe_().outer")


def private_parts(w):
    """Private types, initializers and static members of a type; an extension that is private as a whole."""
    yield block("struct Vault_", "private enum Kind: Int { case low = 3, high }",
                "private init(secret: Int) { n = secret }",
                "let n: Int", "private static let zero = ‹int›",
                "private subscript(k: Kind) -> Int { k.rawValue &+ n }")
    yield block("extension Vault_", "static func make() -> Vault_ { Vault_(secret: Kind.high.rawValue &+ zero) }",
                "var sum: Int { self[.low] &+ self[.high] }")
    w.offer("int", "Vault_.make().sum")
    extension = w.pick("private", "fileprivate")
    yield f"{extension} extension Int {{ var twice_: Int {{ self &* 2 }} }}"
    yield "print(Vault_.make().n, Vault_.make().sum, (‹n›).twice_)"


def private_in_superclass(w):
    """A subclass has a member of its own that is named as a private one of its superclass."""
    yield block("class Base_", "private func helper() -> Int { ‹int› }", "private var n = ‹int›",
                "func run() -> Int { helper() &+ n }", "init() {}")
    yield block("class Sub_: Base_", "func helper() -> Int { ‹int› }", w.maybe("var n = ‹int›"))
    yield block("class Last_: Sub_", w.maybe("override func helper() -> Int { super.helper() &+ 1 }"))
    w.offer("int", "Last_().run()")
    yield "print(Last_().run(), Sub_().helper(), Last_().helper(), (Last_() as Base_).run())"


FEATURES = [init_chain, required_inits, deinits, static_chain, counters, lazies, failing_inits, private_members,
            private_parts,
            private_in_superclass]
