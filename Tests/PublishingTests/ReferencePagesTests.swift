import Testing

@testable import Publishing

/// The reference of what cells can use: pages whose links lead somewhere.
@Suite struct ReferencePagesTests {
    private static let entries = [
        ReferenceEntry(
            module: "Tensors", path: ["Matrix"], declaration: "struct Matrix",
            documentation: ["Rows of numbers; see ``row(_:)`` and `relu(_:)`.", "", "- Note: not a <b>tensor</b>."]),
        ReferenceEntry(
            module: "Tensors", path: ["Matrix", "row(_:)"], declaration: "func row(_ index: Int) -> [Float]",
            documentation: ["A row, as in", "", "    m.row(0)"]),
        ReferenceEntry(
            module: "Distillation", path: ["relu(_:)"], declaration: "func relu(_ x: Float) -> Float",
            documentation: ["Used by ``Matrix/row(_:)``."]),
        ReferenceEntry(
            module: "Distillation", path: ["relu(_:by:)"], declaration: "func relu(_ x: Float, by: Float)",
            documentation: []),
    ]

    private let files = referencePages(ReferencePagesTests.entries, title: "Reference")

    @Test func thereIsAPageForEachModuleAndOneThatSearches() {
        #expect(files.keys.sorted() == ["Distillation/index.html", "Tensors/index.html", "index.html", "search.html"])
        #expect(files["search.html"]?.contains("row(_:)") == true)
    }

    @Test func eachLinkLeadsToAnAnchorThatIsThere() {
        var links = 0
        for (path, page) in files {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for match in page.matches(of: /href="([^"#]*index\.html)#([^"]+)"/) where !match.1.contains("data:") {
                let target =
                    match.1.hasPrefix("../")
                    ? String(match.1.dropFirst(3)) : folder.isEmpty ? String(match.1) : "\(folder)/\(match.1)"
                #expect(files[target]?.contains("id=\"\(match.2)\"") == true, "\(path): \(match.0)")
                links += 1
            }
        }
        #expect(links >= 5)
    }

    @Test func noTwoHeadingsHaveOneAnchor() throws {
        let twice =
            ReferencePagesTests.entries + [
                ReferenceEntry(
                    module: "Tensors", path: ["Matrix", "row(_:)"], declaration: "func row(_ index: Double) -> [Float]",
                    documentation: [])
            ]
        let page = try #require(referencePages(twice, title: "Reference")["Tensors/index.html"])
        let anchors = page.matches(of: /<h[23] id="([^"]+)"/).map { String($0.1) }
        #expect(anchors == ["Matrix", "Matrix.row~40_-~41"])
    }

    @Test func functionsOfOneNameStandTogether() throws {
        let page = try #require(files["Distillation/index.html"])
        #expect(page.matches(of: /<h2/).count == 1)
        #expect(page.matches(of: /<pre class="code">/).count == 2)
    }

    @Test func markupInACommentStandsAsText() throws {
        let page = try #require(files["Tensors/index.html"])
        #expect(page.contains("not a &lt;b&gt;tensor&lt;/b&gt;") || page.contains("not a &lt;b&gt;"))
        #expect(!page.contains("<b>tensor"))
    }

    @Test func theSameSymbolsGiveTheSamePages() {
        #expect(referencePages(ReferencePagesTests.entries, title: "Reference") == files)
    }
}
