import PageFiles
import Digest
import Foundation

/// The one script on the pages: what can be found, what the reader does to find it, how tables are sorted, and what figures tell.
let pageScript = """
    (() => {
    'use strict';
    \(kdbook_search_js.text)
    \(kdbook_tables_js.text)
    \(kdbook_page_js.text)
    \(kdbook_values_js.text)
    \(kdbook_figures_js.text)
    })();
    """

/// The pages' Content-Security-Policy: a notebook, and what its cells show, may come from a stranger.
///
/// Nothing is loaded but pictures that lie beside the page; of scripts and style sheets the page has its own alone,
/// known by their digests.
///
/// - Parameter theme: the book's own style sheet; empty where it has none.
func contentSecurityPolicy(theme: String) -> String {
    [
        "default-src 'none'", "img-src 'self' data:", "style-src-attr 'unsafe-inline'",
        "style-src \(styleSource)\(theme.isEmpty ? "" : " " + digestSource(theme))", "script-src \(scriptSource)",
        "base-uri 'none'", "form-action 'none'",
    ].joined(separator: "; ")
}

private let styleSource = digestSource(stylesheet)
private let scriptSource = digestSource(pageScript)

/// An inline element's text as a policy names it (Content Security Policy Level 3, 2.3.1).
private func digestSource(_ text: String) -> String {
    let digits = Array(SHA256Digest(of: "\n\(text)\n".utf8).description.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    return "'sha256-\(Data(bytes).base64EncodedString())'"
}
