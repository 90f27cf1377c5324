import Foundation
import Notebook
import Synchronization
import Testing

struct MarkdownDocumentTests {
    @Test func `texts that are read at once are read as each alone`() {
        let text = "~~gone~~ and www.example.org\n\n| a |\n|---|\n| ~~b~~ |\n"
        let alone = shape(of: MarkdownDocument(text).root)
        #expect(alone.contains("strikethrough(text)") && alone.contains("link"))
        let others = Mutex<Set<String>>([])
        DispatchQueue.concurrentPerform(iterations: 5000) { _ in
            let shape = shape(of: MarkdownDocument(text).root)
            if shape != alone { others.withLock { _ = $0.insert(shape) } }
        }
        #expect(others.withLock { $0 }.isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func `marks in a row look to what stands around the row`() {
        let marks = String(repeating: "\"'", count: 5_000)
        let text = MarkdownDocument("a \(marks)b", Typography(language: "en")).root.plainText
        #expect(text.count { "“”".contains($0) } == 5_000 && text.count { "‘’".contains($0) } == 5_000)
    }

    private func shape(of node: MarkdownNode) -> String {
        let parts = node.children.map(shape(of:)).joined(separator: " ")
        return parts.isEmpty ? node.typeName : "\(node.typeName)(\(parts))"
    }
}
