import FlyingFox
import Foundation

/// A request as it is read: a line with method, target and version, then headers. It has no body, as nothing that is served
/// takes one.
enum RequestHead {
    /// The most bytes of a whole head; a browser's has about one thousand.
    static let mostBytes = 16 << 10
    /// The most bytes of the target.
    static let mostTargetBytes = 8 << 10

    /// Why a request is not even looked at. The connection ends with it, as nobody knows where the next request would begin.
    struct Refusal: Error {
        let status: HTTPStatusCode
        let reason: String

        init(_ status: HTTPStatusCode, _ reason: String) {
            self.status = status
            self.reason = reason
        }
    }

    /// Reads the next request of a connection.
    ///
    /// - Throws: a ``Refusal``, or an error where the connection ends before the request does.
    static func read(from received: ReceivedBytes) async throws -> HTTPRequest {
        let bytes: [UInt8]
        do {
            bytes = try await received.takeLines(atMost: mostBytes)
        } catch ReceivedBytes.Failure.tooMany {
            throw Refusal(.requestHeaderFieldsTooLarge, "A request has at most \(mostBytes) bytes.")
        }
        let lines = try lines(of: bytes)
        guard let first = lines.first else { throw Refusal(.badRequest, "This request is empty.") }
        return try request(first, headers: headers(lines.dropFirst()))
    }

    private static func lines(of bytes: [UInt8]) throws(Refusal) -> [String] {
        var lines: [String] = []
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard !content.contains(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") }),
                let text = String(validating: content, as: UTF8.self)
            else { throw Refusal(.badRequest, "A request is text without control characters.") }
            if !text.isEmpty { lines.append(text) }
        }
        return lines
    }

    private static func request(_ line: String, headers: HTTPHeaders) throws(Refusal) -> HTTPRequest {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3 else {
            throw Refusal(.badRequest, "A request begins with method, target and version.")
        }
        guard ["HTTP/1.1", "HTTP/1.0"].contains(parts[2]) else {
            throw Refusal(.httpVersionNotSupported, "kdbook watch speaks HTTP/1.1.")
        }
        guard parts[1].utf8.count <= mostTargetBytes else {
            throw Refusal(.uriTooLong, "A target has at most \(mostTargetBytes) bytes.")
        }
        let target = parts[1].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return HTTPRequest(
            method: HTTPMethod(String(parts[0])), version: HTTPVersion(String(parts[2])),
            target: HTTPRequest.Target(path: String(target[0]), query: target.count > 1 ? String(target[1]) : ""),
            headers: headers, body: HTTPBodySequence())
    }

    private static func headers(_ lines: some Sequence<String>) throws(Refusal) -> HTTPHeaders {
        var headers = HTTPHeaders()
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(where: \.isWhitespace) else {
                throw Refusal(.badRequest, "A header is a name, a colon and a value.")
            }
            headers.addValue(parts[1].trimmingCharacters(in: .whitespaces), for: HTTPHeader(String(parts[0])))
        }
        guard headers.values(for: .host).count < 2 else { throw Refusal(.badRequest, "A request names one host.") }
        guard headers[.transferEncoding] == nil else {
            throw Refusal(.lengthRequired, "kdbook watch takes no request with a body.")
        }
        guard headers.values(for: .contentLength).allSatisfy({ Int($0) == 0 }) else {
            throw Refusal(.payloadTooLarge, "kdbook watch takes no request with a body.")
        }
        return headers
    }
}
