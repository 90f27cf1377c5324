import Notebook

/// What a page of the reference says of a type, a function or a member.
public struct ReferenceEntry: Sendable {
    /// The module that has it.
    public var module: String
    /// The names from the outermost type on, the last with its arguments' labels.
    public var path: [String]
    /// As Swift writes it.
    public var declaration: String
    /// Lines of Markdown.
    public var documentation: [String]

    /// - Parameters:
    ///   - module: the module that has it.
    ///   - path: the names from the outermost type on.
    ///   - declaration: as Swift writes it.
    ///   - documentation: lines of Markdown.
    public init(module: String, path: [String], declaration: String, documentation: [String]) {
        (self.module, self.path) = (module, path)
        (self.declaration, self.documentation) = (declaration, documentation)
    }

    var name: String { path.joined(separator: ".") }
}

/// The pages of a reference: one for each module, a front page, and the page that searches them.
///
/// - Returns: the files by their paths.
public func referencePages(_ entries: [ReferenceEntry], title: String) -> [String: String] {
    let modules = Dictionary(grouping: entries, by: \.module).sorted { $0.key < $1.key }.map {
        ReferenceModule(name: $0.key, entries: $0.value)
    }
    let outline = modules.map { OutlineEntry(name: $0.name, title: $0.name, abstract: nil) }
    let links = ReferenceLinks(modules)
    var files: [String: String] = [:]
    for module in modules {
        files["\(module.name)/index.html"] = module.page(outline: outline, title: title, links)
    }
    let found = modules.map { module in
        searchEntry(name: module.name, title: module.name, page: files["\(module.name)/index.html"] ?? "")
    }
    files["search.html"] = weaveSearchPage(title: title, entries: found)
    files["index.html"] = shell(
        .front, title: title, path: "index.html", header: pageHeader(root: "", path: "index.html", book: nil),
        main: element("h1", escaped(title)) + modules.map(\.summary).joined(), footer: "")
    return files
}

/// What a module has, a type with its members.
private struct ReferenceModule {
    struct Section {
        let name: String
        /// The declarations of this name; none where the type is of another module.
        var own: [ReferenceEntry] = []
        var members: [ReferenceEntry] = []
    }

    let name: String
    let sections: [Section]

    init(name: String, entries: [ReferenceEntry]) {
        self.name = name
        var sections: [String: Section] = [:]
        for entry in entries {
            // Functions of one name, whatever their labels, stand together.
            let name = entry.path.count == 1 ? String(entry.path[0].prefix { $0 != "(" }) : entry.path[0]
            if entry.path.count == 1 {
                sections[name, default: Section(name: name)].own.append(entry)
            } else {
                sections[name, default: Section(name: name)].members.append(entry)
            }
        }
        self.sections = sections.values.sorted { ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name) }
    }

    /// The module on the front page.
    var summary: String {
        let links = sections.map { section in
            element(
                "a", ["href": "\(name)/index.html#\(ReferenceLinks.anchor(section.name))"],
                element("code", escaped(section.name)))
        }
        return element("h2", element("a", ["href": "\(name)/index.html"], escaped(name)))
            + element("p", links.joined(separator: ", ")) + "\n"
    }

    func page(outline: [OutlineEntry], title: String, _ links: ReferenceLinks) -> String {
        let chapters = ChapterList(name, in: outline, title: escaped(title))
        return shell(
            .chapter, title: "\(name) · \(title)", root: "../", path: "\(name)/index.html",
            header: pageHeader(
                root: "../", path: "\(name)/index.html", book: escaped(title), place: chapters.place, hasChapters: true),
            beside: chapters.html,
            main: element("h1", escaped(name)) + sections.map { html($0, links) }.joined() + chapters.neighbours,
            footer: "")
    }

    private func html(_ section: Section, _ links: ReferenceLinks) -> String {
        let heading = element("h2", ["id": ReferenceLinks.anchor(section.name)], element("code", escaped(section.name)))
        // Those of one name, which differ in types alone, stand together.
        var names: [String] = []
        for member in section.members where names.last != member.name { names.append(member.name) }
        let members = names.map { name in
            let alike = section.members.filter { $0.name == name }
            return element(
                "h3", ["id": ReferenceLinks.anchor(name)],
                element("code", escaped(alike[0].path.dropFirst().joined(separator: "."))))
                + alike.map { html($0, links) }.joined()
        }
        return heading + section.own.map { html($0, links) }.joined() + members.joined() + "\n"
    }

    private func html(_ entry: ReferenceEntry, _ links: ReferenceLinks) -> String {
        let code = element("pre", ["class": "code"], element("code", highlighted(entry.declaration)))
        let text = entry.documentation.joined(separator: "\n")
        let scope = entry.path.count == 1 ? entry.path[0] : entry.path.dropLast().joined(separator: ".")
        return code + "\n" + CommentWriter(links: links, scope: scope).html(text)
    }
}

/// Where names of the reference lead.
private struct ReferenceLinks {
    /// The module, by names with and without labels.
    private var places: [String: (module: String, name: String)] = [:]

    init(_ modules: [ReferenceModule]) {
        for module in modules {
            for section in module.sections {
                places[section.name] = (module.name, section.name)
                for entry in section.members {
                    places[entry.name] = (module.name, entry.name)
                    let plain = entry.name.prefix { $0 != "(" }
                    if places[String(plain)] == nil { places[String(plain)] = (module.name, entry.name) }
                }
                for entry in section.own { places[entry.name] = (module.name, section.name) }
            }
        }
    }

    /// A link to what a comment calls `name`, from a page of the reference; `nil` where the reference has no such thing.
    ///
    /// - Parameter scope: the type whose comment it is.
    func address(of name: String, in scope: String) -> String? {
        let plain = name.replacing("/", with: ".")
        for candidate in ["\(scope).\(plain)", plain] {
            if let place = places[candidate] {
                return "../\(place.module)/index.html#\(ReferenceLinks.anchor(place.name))"
            }
        }
        return nil
    }

    /// A name as a page's anchor: different names have different ones.
    static func anchor(_ name: String) -> String {
        name.utf8.map { byte in
            let isPlain =
                byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            return isPlain || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                ? String(UnicodeScalar(byte)) : byte == UInt8(ascii: ":") ? "-" : "~\(byte)"
        }.joined()
    }
}

/// Writes a documentation comment: paragraphs, lists, code and links to other symbols. Markup in it stands as text.
private struct CommentWriter {
    let links: ReferenceLinks
    let scope: String

    func html(_ comment: String) -> String {
        guard !comment.isEmpty else { return "" }
        return blocks(MarkdownDocument(comment).root.children)
    }

    private func blocks(_ nodes: [MarkdownNode]) -> String { nodes.map(block).joined() }

    private func block(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "paragraph": element("p", inlines(node.children)) + "\n"
        case "heading": element("p", element("strong", inlines(node.children))) + "\n"
        case "code_block": element("pre", ["class": "code"], element("code", highlighted(node.literal))) + "\n"
        case "block_quote": element("blockquote", blocks(node.children)) + "\n"
        case "list": element("ul", node.children.map { element("li", item($0)) }.joined(separator: "\n")) + "\n"
        default: node.children.isEmpty ? escaped(node.literal) : blocks(node.children)
        }
    }

    /// A paragraph that stands alone in an item needs no space around it.
    private func item(_ node: MarkdownNode) -> String {
        node.children.map { $0.typeName == "paragraph" ? inlines($0.children) : block($0) }.joined()
    }

    private func inlines(_ nodes: [MarkdownNode]) -> String { nodes.map(inline).joined() }

    private func inline(_ node: MarkdownNode) -> String {
        switch node.typeName {
        case "code":
            let code = element("code", escaped(node.literal))
            guard let address = links.address(of: node.literal, in: scope) else { return code }
            return element("a", ["href": address], code)
        case "emph": return element("em", inlines(node.children))
        case "strong": return element("strong", inlines(node.children))
        case "softbreak", "linebreak": return "\n"
        default: return node.children.isEmpty ? escaped(node.literal) : inlines(node.children)
        }
    }
}
