"""Statements at the top: variables, constants given later, loops, conditions, defer."""

from world import block


def given_later(w):
    t = w.type()
    kind = w.pick("Int", t.name)
    value = "‹top int›" if kind == "Int" else t.make
    yield f"let later_: {kind}"
    yield f"later_ = {value}" if w.chance() else f"if ‹top int› > 8 {{ later_ = {value} }} else {{ later_ = {value} }}"
    yield "print(later_)"
    if kind == "Int":
        w.offer("top int", "later_")
        yield "let closed_ = { later_ &+ 1 }"
        yield "print(closed_())"


def deferred(w):
    """What is deferred at the top is done at the program's end, the last first."""
    yield "var last_ = ‹int›"
    yield "defer { print(\"end_\", last_) }"
    yield "last_ += 1"
    yield "print(\"on\", last_)"
    if w.chance():
        yield "do { defer { print(\"inner end\") }; print(\"inner\", ‹top int›) }"


def loops(w):
    yield "var sum_ = ‹top int›"
    yield w.pick("for k in stride(from: 0, to: 9, by: 2) where k != 4 { sum_ &+= k }",
                 "while sum_ < 1000 { sum_ = max(sum_, 0) * 2 + 1 }",
                 "repeat { sum_ &+= ‹n› * 7 + 1 } while sum_ % 7 != 0")
    yield "if sum_ > 5, let half_ = Optional(sum_ / 2) { print(\"half\", half_) } else { print(\"none\") }"
    yield "switch sum_ {\ncase 0: print(\"zero\")\ncase let k where k % 2 == 0: print(\"even\")\ndefault: " \
          "print(\"odd\")\n}"
    yield "let word_ = if sum_ % 3 == 0 { \"third\" } else { ‹top string› }"
    yield "print(word_, sum_)"
    w.offer("top int", "sum_")


def variables(w):
    t = w.type()
    yield f"var one_: {t.name} = {t.make}, two_ = ‹top int›"
    yield "var list_ = [two_, ‹int›]"
    yield "list_.append(contentsOf: [3, 1])\nlist_.sort()"
    yield f"one_ = {t.make}"
    yield "two_ &+= list_.count\nlet copy_ = list_"
    yield "list_[0] = two_; list_.swapAt(1, 2)"
    yield "print(one_, two_, list_ == copy_, copy_.count)"
    w.offer("top int", "copy_[1]")
    if w.chance():
        yield "var table_: [String: [Int]] = [:]\nfor n in copy_ { table_[n % 2 == 0 ? \"even\" : \"odd\", default: " \
              "[]].append(n) }"
        yield "print(table_.sorted { $0.key < $1.key }.map { \"\\($0.key) \\($0.value.count)\" })"


def computed(w):
    """Variables at the top with accessors and observers."""
    yield "nonisolated(unsafe) var base_ = ‹int›"
    yield "nonisolated var double_: Int { get { base_ &* 2 } set { base_ = newValue / 2 } }" if w.chance(0.5) else \
        "var double_: Int { get { base_ &* 2 } set { base_ = newValue / 2 } }"
    yield "var watched_ = ‹top string› { didSet { print(\"was\", oldValue) } }"
    yield "double_ = 40"
    yield "watched_ += \"!\""
    yield "print(base_, double_, watched_)"
    yield "func usesBase_() -> Int { base_ &+ 1 }"
    yield "print(usesBase_())"


def shadows(w):
    """Own names that are also a library's."""
    kind = w.pick("print", "type", "max")
    if kind == "max":
        yield "func max_(_ a: Int, _ b: Int) -> Int { a > b ? a : b }"
        yield "enum Space_ { static func max(_ a: Int, _ b: Int) -> Int { -1 }; static func min() -> Int { max(1, " \
              "2) } }"
        yield "print(max_(‹int›, 3), Space_.min(), max(1, 2))"
    elif kind == "type":
        yield "enum Kit_ { struct Data { var n = ‹int› }; struct Date { let d = 1 }; enum Result { case win } }"
        yield "extension Kit_ { static func make() -> (Data, Result) { (Data(), .win) } }"
        yield "print(Kit_.make(), Kit_.Date().d)"
    else:
        yield "struct Printer_ { func print(_ n: Int) -> String { \"printed \\(n)\" }; func twice() -> String { " \
              "print(1) + print(2) } }"
        w.offer("string", "Printer_().twice()")
        yield "print(Printer_().twice(), Printer_().print(‹int›))"


def overloads(w):
    """Functions of one name, told apart by types, labels and results, over several steps."""
    yield "func pick_(_ n: Int) -> String { \"int\" }"
    variants = ["func pick_(_ n: Double) -> String { \"double\" }", "func pick_<T>(_ t: T) -> String { \"generic\" }",
                "func pick_(_ s: String, times n: Int = 2) -> String { String(repeating: s, count: n) }",
                "func pick_<T: Collection>(_ c: T) -> String { \"collection\" }",
                "func pick_(_ f: () -> Int) -> String { \"closure \\(f())\" }",
                "func pick_(_ n: Int...) -> String { \"many\" }"]
    for text in w.shuffled(w.some(variants)):
        yield text
    w.offer("string", "pick_(‹int›)")
    yield "func through_<T>(_ t: T) -> String { pick_(1) }"
    yield "print(pick_(‹int›), through_(2))"


FEATURES = [given_later, deferred, loops, variables, computed, shadows, overloads]
