"""Actors, tasks and sequences that are awaited, at the top and in functions."""

from world import block


def actors(w):
    yield block("actor Account_", "private(set) var balance = ‹int›", "let name: String",
                "init(_ name: String) { self.name = name }",
                "func put(_ n: Int) -> Int { balance &+= n; return balance }",
                "nonisolated var told: String { \"account \" + name }")
    yield block("extension Account_", "func twice(_ n: Int) -> Int { _ = put(n); return put(n) }")
    yield "let account_ = Account_(‹string›)"
    yield "print(await account_.put(‹int›))"
    yield "print(await account_.twice(3), account_.told)"
    yield "print(await account_.balance)"
    w.offer("string", "Account_(‹string›).told")


def async_functions(w):
    yield "func later_(_ n: Int) async -> Int { await Task.yield(); return n &+ ‹int› }"
    yield "struct Late_: Error { let n: Int }"
    yield "func failing_(_ n: Int) async throws -> Int { if n > 2 { throw Late_(n: await later_(n)) }; return n }"
    yield "func pair_() async -> Int { async let a = later_(1); async let b = later_(2); return await a &* b }"
    yield "print(await later_(‹int›), await pair_())"
    yield "do { print(try await failing_(1)); print(try await failing_(3)) } catch { print(\"late\", error) }"
    yield "let value_ = await later_(‹top int›)"
    yield "print(value_)"
    w.offer("top int", "value_")


def groups(w):
    yield block("func squares_(_ n: Int) async -> [Int]", "await withTaskGroup(of: (Int, Int).self) { group in",
                "    for k in 0..<n { group.addTask { (k, k &* k &+ ‹int›) } }",
                "    var all = [Int](repeating: 0, count: n)",
                "    for await (k, square) in group { all[k] = square }", "    return all", "}")
    yield "print(await squares_(4))"
    yield "let task_ = Task { await squares_(2).count }"
    yield "print(await task_.value)"


def streams(w):
    yield block("struct Ticks_: AsyncSequence, AsyncIteratorProtocol", "var n = 0", "let end: Int",
                "mutating func next() async -> Int? { if n == end { return nil }; n += 1; return n }",
                "func makeAsyncIterator() -> Self { self }")
    yield "for await tick_ in Ticks_(end: 3) { print(\"tick\", tick_ &+ ‹int›) }"
    yield "func collected_<S: AsyncSequence>(_ s: S) async rethrows -> [S.Element] {\n    var all: [S.Element] = []\n" \
          "    for try await item in s { all.append(item) }\n    return all\n}"
    yield "print(await collected_(Ticks_(end: 2).map { $0 &* 10 }), await collected_(AsyncStream<Int> { " \
          "$0.yield(‹int›); $0.finish() }))"


def main_actor(w):
    yield "@MainActor final class Screen_ { var lines: [String] = []; func draw(_ s: String) { lines.append(s) }; " \
          "init() {} }"
    yield "let screen_ = Screen_()"
    yield "screen_.draw(‹top string›)"
    yield "@MainActor func drawn_() -> Int { screen_.lines.count }"
    yield "print(drawn_(), screen_.lines)"
    yield "func elsewhere_() async -> Int { await MainActor.run { drawn_() &+ ‹int› } }"
    yield "print(await elsewhere_())"


def global_actor(w):
    yield "@globalActor actor Engine_ { static let shared = Engine_() }"
    yield "@Engine_ final class Wheel_ { var turns = ‹int›; func turn() -> Int { turns &+= 1; return turns } }"
    yield "@Engine_ func turned_(_ times: Int) -> Int { let wheel = Wheel_(); return (0..<times).map { _ in " \
          "wheel.turn() }.last ?? 0 }"
    yield "print(await turned_(3))"


def continuations(w):
    """Tasks in a row, cancelled ones, and a continuation that a closure resumes."""
    yield "func asked_(_ n: Int) async -> Int { await withCheckedContinuation { $0.resume(returning: n &+ ‹int›) } }"
    yield "let first_ = Task { () throws -> Int in try Task.checkCancellation(); return await asked_(1) }"
    yield "print((try? await first_.value) ?? -1)"
    yield "let second_ = Task { await asked_(2) &+ ((try? await first_.value) ?? 0) }"
    yield "print(await second_.value, await second_.result.get())"


FEATURES = [actors, async_functions, groups, streams, main_actor, global_actor, continuations]
