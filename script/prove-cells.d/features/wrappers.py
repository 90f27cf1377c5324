"""Attributes that change what is written: property wrappers, result builders, dynamic members, literals; Codable."""

from world import block


def property_wrappers(w):
    projected = w.chance()
    yield block("@propertyWrapper struct Clamped_", "private var value: Int", "let limit: Int",
                "var wrappedValue: Int { get { value } set { value = min(newValue, limit) } }",
                "var projectedValue: String { \"\\(value) of \\(limit)\" }" if projected else "",
                "init(wrappedValue: Int, limit: Int = 20) { self.limit = limit; value = min(wrappedValue, limit) }")
    kind = w.pick("struct", "final class")
    yield block(f"{kind} Volume_", "@Clamped_ var level = ‹int›", "@Clamped_(limit: 7) var bass = ‹int›",
                "@Clamped_(wrappedValue: 3, limit: 5) var treble: Int", "init() {}")
    yield "var volume_ = Volume_()" if kind == "struct" else "let volume_ = Volume_()"
    yield "volume_.level += 15\nvolume_.bass = 2"
    read = ", volume_.$level, volume_.$treble" if projected else ""
    yield f"print(volume_.level, volume_.bass, volume_.treble{read})"
    w.offer("int", "Volume_().level")
    if w.chance():
        yield "func local_() -> Int { @Clamped_(limit: 9) var n = ‹int›; n += 4; return n }"
        w.offer("int", "local_()")
        yield "func given_(@Clamped_ n: Int) -> Int { n &+ 1 }"
        yield "print(local_(), given_(n: 33))"


def generic_wrapper(w):
    t = w.type()
    yield block("@propertyWrapper final class Logged_<Value>", "private(set) var log: [String] = []",
                "private var value: Value",
                "var projectedValue: Logged_<Value> { self }",
                "var wrappedValue: Value { get { value } set { log.append(\"\\(newValue)\"); value = newValue } }",
                "init(wrappedValue: Value) { value = wrappedValue }")
    yield block("struct Form_", f"@Logged_ var field: {t.name} = {t.make}", "@Logged_ var name = ‹string›")
    yield "var form_ = Form_()"
    yield f"form_.field = {t.make}"
    yield "form_.name += \"!\""
    yield "print(form_.$field.log, form_.name, form_.$name.log.count)"


def result_builders(w):
    yield block("@resultBuilder enum Lines_", "static func buildBlock(_ parts: [String]...) -> [String] { "
                                              "parts.flatMap { $0 } }",
                "static func buildExpression(_ line: String) -> [String] { [line] }",
                "static func buildExpression(_ n: Int) -> [String] { [\"#\\(n)\"] }",
                "static func buildOptional(_ part: [String]?) -> [String] { part ?? [\"-\"] }",
                "static func buildEither(first: [String]) -> [String] { first }",
                "static func buildEither(second: [String]) -> [String] { second }",
                "static func buildArray(_ parts: [[String]]) -> [String] { parts.flatMap { $0 } }")
    yield "func page_(@Lines_ _ content: () -> [String]) -> String { content().joined(separator: \" / \") }"
    yield block("func text_(_ n: Int) -> String", "page_ {", "    ‹string›", "    n", "    if n > 9 { \"many\" }",
                "    for k in 0..<2 { \"line \\(k)\" }", "    if n % 2 == 0 { \"even\" } else { ‹int› }", "}")
    w.offer("string", "text_(‹n›)")
    yield "print(text_(4), page_ { ‹string›; page_ { 1; 2 } })"
    if w.chance():
        yield block("struct Card_", "@Lines_ var body: [String] { \"card\"; ‹int› }")
        yield "print(Card_().body)"


def dynamic(w):
    yield block("@dynamicMemberLookup struct Bag_", "private var values: [String: Int] = [\"x\": ‹int›]", "init() {}",
                "subscript(dynamicMember name: String) -> Int { get { values[name] ?? -1 } set { values[name] = "
                "newValue } }")
    yield block("@dynamicMemberLookup struct Lens_<Root>", "var root: Root",
                "subscript<V>(dynamicMember path: WritableKeyPath<Root, V>) -> V { get { root[keyPath: path] } set "
                "{ root[keyPath: path] = newValue } }")
    yield "extension Bag_ { func callAsFunction(_ n: Int) -> Int { n &+ self.x } }"
    yield "var bag_ = Bag_()"
    yield "bag_.width = ‹int›"
    yield "print(bag_.x, bag_.width, bag_.nothing, bag_(3))"
    yield "struct Frame_ { var side = ‹int›; var name = ‹string› }"
    yield "var lens_ = Lens_(root: Frame_())"
    yield "lens_.side &+= 1\nprint(lens_.side, lens_.name)"
    w.offer("int", "Bag_()(‹n›)")


def dynamic_call(w):
    yield block("@dynamicCallable struct Call_", "let base: Int",
                "func dynamicallyCall(withArguments n: [Int]) -> Int { n.reduce(base, &+) }",
                "func dynamicallyCall(withKeywordArguments n: KeyValuePairs<String, Int>) -> String { n.map { "
                "$0.key + \"\\($0.value)\" }.joined() }")
    w.offer("int", "(Call_(base: ‹n›)(‹n›, 2) as Int)")
    yield "let call_ = Call_(base: ‹int›)"
    yield "print(call_(1, 2) as Int, call_(a: 1, b: ‹int›) as String)"


def interpolation(w):
    own = w.chance()
    if own:
        yield block("struct Marked_: ExpressibleByStringInterpolation",
                    "var text: String", "init(stringLiteral text: String) { self.text = text }",
                    "init(stringInterpolation i: Interpolation) { text = i.text }",
                    "struct Interpolation: StringInterpolationProtocol {", "    var text = \"\"",
                    "    init(literalCapacity: Int, interpolationCount: Int) {}",
                    "    mutating func appendLiteral(_ s: String) { text += s }",
                    "    mutating func appendInterpolation(_ n: Int, times: Int = 2) { text += String(repeating: "
                    "\"<\\(n)>\", count: times) }",
                    "    mutating func appendInterpolation<T>(_ t: T) { text += \"{\\(t)}\" }", "}")
        yield "func mark_(_ m: Marked_) -> String { m.text }"
        w.offer("string", "mark_(\"a\\(‹n›)b\\(‹n›, times: 1)\")")
        yield "print(mark_(\"n \\(‹int›) \\(\"s\") \\(1.5)\"), (\"plain\" as Marked_).text)"
    else:
        yield block("extension String.StringInterpolation",
                    "mutating func appendInterpolation(padded_ n: Int, _ width: Int) { "
                    "appendLiteral(String(repeating: \" \", count: max(0, width - \"\\(n)\".count)) + \"\\(n)\") }")
        w.offer("string", "\"\\(padded_: ‹n›, 4)\"")
        yield "print(\"[\\(padded_: ‹int›, 6)]\", #\"raw \\#(‹n›)\"#)"


def literals(w):
    yield block("struct Matrix_: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral", "var rows: [[Int]]",
                "init(arrayLiteral rows: [Int]...) { self.rows = rows }",
                "init(dictionaryLiteral pairs: (Int, Int)...) { rows = pairs.map { [$0, $1] } }",
                "subscript(r: Int, c: Int) -> Int { get { rows[r][c] } set { rows[r][c] = newValue } }")
    yield "extension Matrix_ { var flat: [Int] { rows.flatMap { $0 } } }"
    w.offer("int", "(Matrix_(arrayLiteral: [‹n›, ‹n›])[0, 1])")
    yield "var matrix_: Matrix_ = [[‹int›, 2], [3, 4]]"
    yield "matrix_[1, 0] &+= ‹int›"
    yield "print(matrix_.flat, ([1: 2, 3: ‹n›] as Matrix_).rows)"


def codable(w):
    a, b = w.type("Codable"), w.type("Codable")
    custom = w.chance()
    yield block("struct Inner_: Codable, Sendable", "var word = ‹string›", "var list = [‹int›, 2]",
                "enum CodingKeys: String, CodingKey { case word = \"w\", list }" if custom else "")
    yield block("struct Outer_: Codable", "var inner = Inner_()", f"var a: {a.name}", f"var b: [{b.name}]",
                "var none: Int?")
    if w.chance():
        yield "enum Choice_: Codable { case one(Int), two(word: String), three }"
        more = ", Choice_.two(word: ‹string›)"
    else:
        yield block("class Animal_: Codable", "var name = ‹string›", "init() {}")
        more = ", Animal_()"
    yield "import Foundation\n" + block("func json_<T: Codable>(_ value: T) -> String", "let encoder = JSONEncoder()",
                "encoder.outputFormatting = [.sortedKeys]",
                "guard let data = try? encoder.encode(value), let again = try? JSONDecoder().decode(T.self, from: "
                "data),",
                "    let twice = try? encoder.encode(again), data == twice else { return \"lost\" }",
                "return String(decoding: data, as: UTF8.self)")
    w.offer("string", "json_([‹int›])")
    w.offer_type("Inner_", "Inner_()", "Codable Sendable")
    for value in [f"Outer_(a: {a.make}, b: [{b.make}])", *filter(None, more.split(", ", 1)[1:])]:
        yield f"print(json_({value}))"


FEATURES = [property_wrappers, generic_wrapper, result_builders, dynamic, dynamic_call, interpolation, literals,
            codable]
