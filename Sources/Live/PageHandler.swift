import FlyingFox
import Foundation
import Publishing

/// Answers requests: the book's files, what the server adds to pages, and the pages' sockets.
struct PageHandler: HTTPHandler {
    let rules: RequestRules
    let content: any LiveContent
    let pages: OpenPages

    func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
        if let (status, reason) = rules.refusal(of: request) {
            return answer(status, type: "text/plain", Data("\(reason)\n".utf8), to: request)
        }
        switch request.target.path() {
        case ServerPath.script: return answer(.ok, type: "text/javascript", Data(liveScript.utf8), to: request)
        case ServerPath.stylesheet: return answer(.ok, type: "text/css", Data(liveStylesheet.utf8), to: request)
        case ServerPath.socket:
            let page = request.query.first { $0.name == "page" }?.value ?? ""
            let socket = PageSocket(page: page, pages: pages, content: content)
            return try await WebSocketHTTPHandler(handler: socket).handleRequest(request)
        default: return await file(for: request)
        }
    }

    private func file(for request: HTTPRequest) async -> HTTPResponse {
        guard let path = RequestPath(request.target.path()) else {
            return answer(.notFound, type: "text/plain", Data("There is no such file.\n".utf8), to: request)
        }
        let bytes = await content.file(at: path.text)
        if path.isPage {
            let html = bytes.map { Data($0) } ?? Data(weaveMissingPage(name: path.page).utf8)
            return page(html, at: path, status: bytes == nil ? .notFound : .ok, to: request)
        }
        guard let bytes else {
            return answer(.notFound, type: "text/plain", Data("There is no such file.\n".utf8), to: request)
        }
        let isNamedByContent = path.text.contains("/figures/")
        return answer(
            .ok, type: Self.type(of: path.text), Data(bytes), to: request,
            caching: isNamedByContent ? "private, max-age=86400, immutable" : "no-store")
    }

    /// A page with what the server adds: script, style, and leave to use them.
    private func page(
        _ bytes: Data, at path: RequestPath, status: HTTPStatusCode, to request: HTTPRequest
    ) -> HTTPResponse {
        guard let page = ServablePage(bytes), let host = request.headers[.host]?.lowercased() else {
            return answer(status, type: "text/html", bytes, to: request)
        }
        let policy = page.policy(adding: [
            "script-src": "http://\(host)\(ServerPath.script)", "style-src": "http://\(host)\(ServerPath.stylesheet)",
            "connect-src": "http://\(host) ws://\(host)", "frame-ancestors": "'none'",
        ])
        let name = path.page.addingPercentEncoding(withAllowedCharacters: .unreserved) ?? ""
        let additions = """
            <link rel="stylesheet" href="\(ServerPath.stylesheet)">
            <script src="\(ServerPath.script)" data-page="\(name)" defer></script>

            """
        return answer(status, type: "text/html", page.html(addingToHead: additions), to: request, policy: policy)
    }

    private func answer(
        _ status: HTTPStatusCode, type: String, _ body: Data, to request: HTTPRequest, caching: String = "no-store",
        policy: String = "default-src 'none'; frame-ancestors 'none'"
    ) -> HTTPResponse {
        let isText = type.hasPrefix("text/") || type == "application/json"
        var headers: HTTPHeaders = [
            .contentType: isText ? type + "; charset=utf-8" : type, .contentLength: String(body.count),
            .cacheControl: caching, HTTPHeader("Content-Security-Policy"): policy,
            HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("Referrer-Policy"): "no-referrer",
            HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
            HTTPHeader("Cross-Origin-Opener-Policy"): "same-origin",
        ]
        if status == .methodNotAllowed { headers[HTTPHeader("Allow")] = "GET, HEAD" }
        let sent = request.method == .HEAD ? Data() : body
        return HTTPResponse(
            statusCode: status, headers: headers,
            body: HTTPBodySequence(data: sent, suggestedBufferSize: max(1, sent.count)))
    }

    static func type(of path: String) -> String {
        switch path.split(separator: ".").last {
        case "html": "text/html"
        case "png": "image/png"
        case "jpg": "image/jpeg"
        case "svg": "image/svg+xml"
        case "json", "ipynb": "application/json"
        case "txt", "md", "swift": "text/plain"
        case "css": "text/css"
        case "pdf": "application/pdf"
        default: "application/octet-stream"
        }
    }
}

extension CharacterSet {
    /// What has no meaning of its own anywhere in a URL (RFC 3986, 2.3), and none in HTML.
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}

/// Where the server's own things lie; no notebook's page can be there.
enum ServerPath {
    static let script = "/~live/script.js"
    static let stylesheet = "/~live/style.css"
    static let socket = "/~live/socket"
}
