// Text made, split, turned round and joined: strings and their characters.
protocol Rewriter { func rewritten(_ word: Substring) -> String }
// ----
struct Reverser: Rewriter {
    func rewritten(_ word: Substring) -> String { String(word.reversed()) }
}
struct Shouter: Rewriter {
    let mark: Character
    func rewritten(_ word: Substring) -> String { word.uppercased() + String(mark) }
}
// ----
func text(words: Int) -> String {
    (0..<words).map { "w\($0 % 977)é\($0 % 31)" }.joined(separator: " ")
}
// ----
func rewritten(_ text: String, by rewriters: [any Rewriter]) -> String {
    var result = ""
    for (number, word) in text.split(separator: " ").enumerated() {
        result += rewriters[number % rewriters.count].rewritten(word)
        result += number % 10 == 9 ? "\n" : " "
    }
    return result
}
// ----
let start = ContinuousClock.now
var length = 0
for round in 0..<4 {
    let result = rewritten(text(words: 100_000 + round), by: [Reverser(), Shouter(mark: "!")])
    length += result.count + result.filter(\.isNumber).utf8.count
}
print(length)
print("seconds", (ContinuousClock.now - start) / .seconds(1))
