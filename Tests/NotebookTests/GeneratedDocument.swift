import TestSupport

/// A document put together from what notebooks are made of and from what trips parsers up.
func generatedDocument(seed: UInt64) -> String {
    var generator = SeededGenerator(seed: seed)
    let endings = ["\n", "\n", "\n", "\r\n", "\r"]
    let usual = endings.randomElement(using: &generator) ?? "\n"
    let starts = [
        "", "", "", "\u{FEFF}", "---\ntitle: T\n---\n", "---\ntitle: [\n---\n", "---\nnever: closed\n", "---\n---\n",
    ]
    var document = starts.randomElement(using: &generator) ?? ""
    for _ in 0..<Int.random(in: 0..<30, using: &generator) {
        let line = documentLines.randomElement(using: &generator) ?? ""
        let mixed = Int.random(in: 0..<20, using: &generator) == 0
        document += line + (mixed ? endings.randomElement(using: &generator) ?? "\n" : usual)
    }
    if Bool.random(using: &generator) { document += documentLines.randomElement(using: &generator) ?? "" }
    return document
}

private let documentLines = [
    "", "", "", "prose", "# Heading", "more *prose* with `code`", "```swift", "```swift", "```swift", "```", "```",
    "```",
    "````swift", "````", "~~~swift", "~~~", "~~~~", "   ```swift", "   ```", "    ```swift", "    ```", "\t```swift",
    "\t```",
    "``` swift ", "```swift title=x", "```python", "```Swift", "- item", "  - nested", "  ```swift", "  let inList = 1",
    "> quoted", "> ```swift", "> ```", "1. one", "//| label: fig-a", "//| echo: false", "//| nonsense: 1", "//|",
    "//| [",
    "let a = 1", "\tlet tabbed = 2", "print(\"```\")", "\"\"\"", "a + b", "---", "--- ", "===", "| a | b |",
    "|---|--:|",
    "| 1 | 2 |", "<div>", "</div>", "<!-- ```swift", "-->", "[link]: http://example.org", "[^1]: note",
    "see [^1] and @fig-a", "is `{swift} a` or **`{swift} b || c`** é `{swift} a`",
    "| `{swift} a \\|\\| b` | `` `{swift} a` `` |",
    "> `{swift} a`", "   - `{swift} b", "`{swift}` `{swift} `",
    "@fig-missing", "$x$ and $$y$$", "👩‍👩‍👧‍👦 emoji é", "e\u{301}", "\u{301}", "nul\0nul", "\0", "\u{2028}line separator",
    "form\u{C}feed",
    "\u{85}", "tab\tinside", "trailing space  ", "\\", "`", "``", "* * *", "\u{FEFF}", "\u{200D}```", "```\u{301}",
    "\u{7F}",
]
