/// What a page is, which the style sheet knows it by.
enum PageKind: String { case front, chapter, search, missing }

/// The picture that stands for a page where a link to it is shown.
struct PagePreview {
    /// From the site's folder.
    let path: String
    let alternativeText: String
}

/// What a page says of itself to those who show a link to it: The Open Graph protocol (https://ogp.me), and a description for
/// search engines. What needs the address of the site is left out where the book does not say it.
struct PageMeta {
    /// A sentence or two, as text.
    var description: String?
    /// The picture that stands for the page.
    var picture: PagePreview?
    /// What the book is called, as text.
    var bookTitle: String?

    /// Tags for the page's head.
    ///
    /// - Parameters:
    ///   - path: the page's, from the folder of the pages in its language.
    func tags(_ kind: PageKind, title: String, path: String, book: BookFrame) -> String {
        guard kind == .front || kind == .chapter else { return "" }
        var tags = description.map { [openTag("meta", ["name": "description", "content": $0])] } ?? []
        func add(_ property: String, _ content: String) {
            tags.append(openTag("meta", ["property": "og:\(property)", "content": content]))
        }
        add("type", kind == .front ? "website" : "article")
        add("title", title)
        if let description { add("description", description) }
        if let bookTitle { add("site_name", bookTitle) }
        if let address = book.address {
            let root = address.hasSuffix("/") ? address : address + "/"
            let page = root + PageLanguage.current.folder + path.replacing("index.html", with: "")
            tags.append(openTag("link", ["rel": "canonical", "href": page]))
            add("url", page)
            if let picture {
                add("image", root + picture.path)
                add("image:alt", picture.alternativeText)
                tags.append(openTag("meta", ["name": "twitter:card", "content": "summary_large_image"]))
            }
            tags.append(
                openTag(
                    "link",
                    [
                        "rel": "alternate", "type": "application/atom+xml", "title": translated("Changes"),
                        "href": root + ChangeFeed.fileName,
                    ]))
        }
        return tags.map { $0 + "\n" }.joined()
    }
}
