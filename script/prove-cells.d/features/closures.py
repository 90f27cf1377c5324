"""Closures that capture, functions of functions, operators."""

from world import block


def captures(w):
    yield "func counter_(from start: Int) -> () -> Int {\n    var n = start\n    return { n += ‹n›; return n }\n}"
    yield "let next_ = counter_(from: ‹int›)"
    yield "var seen_ = [next_(), next_()]"
    yield "let other_ = next_\nseen_.append(other_())"
    yield "print(seen_, next_(), counter_(from: 1)())"
    w.offer("top int", "next_()")


def stored(w):
    """Closures in arrays and dictionaries that use the program's variables."""
    yield "var total_ = ‹int›"
    yield "var actions_: [() -> Void] = []"
    yield "for step_ in 1...3 { actions_.append { total_ += step_ } }"
    yield "actions_.append { [total_] in print(\"then\", total_) }"
    if w.chance():
        yield "total_ = 100"
    yield "for action_ in actions_ { action_() }"
    yield "print(total_, actions_.count)"
    w.offer("top int", "total_")


def escaping(w):
    kind = w.pick("final class", "struct")
    mutating = "mutating " if kind == "struct" else ""
    yield block(f"{kind} Bus_", "private var listeners: [(String) -> Void] = []", "init() {}",
                f"{mutating}func listen(_ f: @escaping (String) -> Void) {{ listeners.append(f) }}",
                "func send(_ text: String) { listeners.forEach { $0(text) } }")
    yield "var heard_: [String] = []"
    yield f"{'var' if kind == 'struct' else 'let'} bus_ = Bus_()"
    yield "bus_.listen { heard_.append($0) }"
    yield "bus_.listen { text in { heard_.append(text.uppercased()) }() }"
    yield "bus_.send(‹string›)"
    yield "print(heard_)"


def higher_order(w):
    yield "func compose_<A, B, C>(_ f: @escaping (A) -> B, _ g: @escaping (B) -> C) -> (A) -> C { { g(f($0)) } }"
    yield "func apply_(_ times: Int, _ f: (inout Int) -> Void) -> Int {\n    var n = ‹int›\n    for _ in 0..<times " \
          "{ f(&n) }\n    return n\n}"
    yield "func lazily_(_ value: @autoclosure () -> Int, _ flag: Bool) -> Int { flag ? value() : ‹int› }"
    w.offer("int", "apply_(‹n›) { $0 &+= ‹n› }")
    w.offer("string", "compose_({ $0 &+ 1 }, { \"<\\($0)>\" })(‹n›)")
    yield "print(compose_(String.init, \\.count)(1234), lazily_({ print(\"evaluated\"); return 1 }(), ‹n› > 9), " \
          "(1...3).map(compose_({ $0 * 2 }, { $0 + 1 })))"


def rethrowing(w):
    yield "struct Stop_: Error { let at: Int }"
    yield "func each_(_ n: Int, _ f: (Int) throws -> Void) rethrows { for k in 0..<n { try f(k) } }"
    yield "func mapped_<T, E: Error>(_ n: Int, _ f: (Int) throws(E) -> T) throws(E) -> [T] {\n" \
          "    var all: [T] = []\n    for k in 0..<n { all.append(try f(k)) }\n    return all\n}"
    yield "each_(2) { print(\"each\", $0) }"
    yield "do { try each_(9) { if $0 == 2 { throw Stop_(at: $0 &+ ‹int›) } } } catch { print(error) }"
    yield "print(mapped_(3) { $0 &* ‹int› })"
    yield "do {\n    _ = try mapped_(4) { (k: Int) throws(Stop_) -> Int in if k > 1 { throw Stop_(at: k) }; return " \
          "k }\n" \
          "} catch { print(\"stopped at\", error.at) }"


def operators(w):
    """Operators of one's own with precedence groups of one's own."""
    relation = w.pick("higherThan: AdditionPrecedence", "lowerThan: AdditionPrecedence",
                      "higherThan: MultiplicationPrecedence")
    symbol = w.operator()
    yield f"precedencegroup Group_ {{\n    {relation}\n    associativity: {w.pick('left', 'right')}\n}}"
    yield f"infix operator {symbol}: Group_"
    yield f"func {symbol} (a: Int, b: Int) -> Int {{ a &* 2 &- b }}"
    w.offer("int", f"(‹n› {symbol} ‹n› &+ 1)")
    yield f"print(1 {symbol} 2 {symbol} 3, 2 &+ 3 {symbol} 4 &+ 5, (2 &* 3) {symbol} ‹int›)"
    yield f"prefix operator {symbol}"
    yield f"prefix func {symbol} (a: Int) -> Int {{ a &+ ‹int› }}"
    t = w.chance()
    yield f"struct Money_ {{ var cents: Int }}\nfunc {symbol} (a: Money_, b: Money_) -> Money_ " \
          f"{{ Money_(cents: a.cents {symbol} b.cents) }}"
    if t:
        yield "extension Money_ { static func + (a: Money_, b: Money_) -> Money_ { Money_(cents: a.cents &+ " \
              "b.cents) } }"
        yield f"print(Money_(cents: 3) + Money_(cents: 4) {symbol} Money_(cents: ‹int›))"
    yield f"print({symbol}(5), (Money_(cents: 1) {symbol} Money_(cents: ‹int›)).cents, [1, 2].reduce(3, {symbol}))"


def nested_closures(w):
    yield "typealias Handler_ = (Int, (Int) -> Int) -> [Int]"
    yield "let handler_: Handler_ = { n, f in (0..<n).map { k in { f($0) &+ ‹int› }(k) } }"
    yield "var shared_ = 1"
    yield "print(handler_(3) { n in defer { shared_ += 1 }; return n &* shared_ })"
    yield "let table_: [String: (Int) -> Int] = [\"a\": { $0 + shared_ }, \"b\": { [shared_] in $0 + shared_ }]"
    yield "shared_ = 50"
    yield "print(table_.keys.sorted().map { table_[$0]!(1) })"
    w.offer("top int", "handler_(2, { $0 })[1]")


FEATURES = [captures, stored, escaping, higher_order, rethrowing, operators, nested_closures]
