/// A list of a site's pages for search engines, as sitemaps.org defines it. It has no dates.
public struct Sitemap: Sendable {
    private let addresses: [String]

    /// - Parameters:
    ///   - site: where the site will stand, such as `https://example.org/book`.
    ///   - files: the paths of all files of the site.
    public init(of site: String, files: some Sequence<String>) {
        let root = site.hasSuffix("/") ? site : site + "/"
        addresses = files.filter { $0 == "index.html" || $0.hasSuffix("/index.html") }.sorted()
            .map { root + $0.dropLast("index.html".count) }
    }

    /// The file, by the protocol of sitemaps.org.
    public var xml: String {
        let urls = addresses.map { element("url", element("loc", escaped($0))) }
        return
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            + urls.joined(separator: "\n") + "\n</urlset>\n"
    }
}
