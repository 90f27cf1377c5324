import Foundation
import Live
import Testing

/// Pages as a browser gets them.
@Suite struct ServingTests {
    private let book = Book()

    /// Runs `body` with a server on a free port.
    private func serving(_ body: (URL) async throws -> Void) async throws {
        try await book.serving { _, address in try await body(address) }
    }

    private func get(
        _ target: String, from address: URL, method: String = "GET", host: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Client.Response {
        try await Client(address).request(target, method: method, host: host, headers: headers)
    }

    @Test func aPageHasScriptAndStyleMoreThanOnDisk() async throws {
        try await serving { address in
            let onDisk = try #require(book["04-x/index.html"])
            let response = try await get("/04-x/index.html", from: address)
            #expect(response.status == 200)
            #expect(response.headers["content-type"] == "text/html; charset=utf-8")
            #expect(response.headers["cache-control"] == "no-store")
            let added = try #require(response.text.firstMatch(of: /<link rel="stylesheet" [^\n]*\n<script [^\n]*\n/))
                .output
            #expect(added.contains(#"data-page="04-x""#))
            let policy = try #require(onDisk.firstMatch(of: /<meta http-equiv="Content-Security-Policy"[^\n]*\n/))
                .output
            #expect(response.text.replacing(added, with: "") == onDisk.replacing(policy, with: ""))
            #expect(book["04-x/index.html"] == onDisk)
            for path in ["/~live/script.js", "/~live/style.css"] {
                #expect(added.contains("\"\(path)\""))
                #expect(try await get(path, from: address).body.count > 0)
            }
        }
    }

    /// The page's own policy with the server's script, its style, its socket and nothing else.
    @Test func thePolicyAllowsTheServersOwnAndNoMore() async throws {
        try await serving { address in
            let response = try await get("/04-x/index.html", from: address)
            let onDisk = try #require(book["04-x/index.html"]?.firstMatch(of: /Policy" content="([^"]*)"/)).output.1
            let host = "127.0.0.1:\(address.port ?? 0)"
            let served = try #require(response.headers["content-security-policy"]).components(separatedBy: "; ")
            let expected = onDisk.components(separatedBy: "; ").map { directive in
                if directive.hasPrefix("script-src ") { return directive + " http://\(host)/~live/script.js" }
                if directive.hasPrefix("style-src ") { return directive + " http://\(host)/~live/style.css" }
                return directive
            }
            #expect(served == expected + ["connect-src http://\(host) ws://\(host)", "frame-ancestors 'none'"])
            #expect(served.contains("default-src 'none'"))
        }
    }

    @Test(arguments: [
        ("/", "index.html"), ("/index.html", "index.html"), ("/04-x/", "04-x/index.html"),
        ("/04-x/index.html?a=b", "04-x/index.html"), ("/04%2Dx/record.json", "04-x/record.json"),
    ])
    func aPathNamesAFile(target: String, path: String) async throws {
        try await serving { address in
            let response = try await get(target, from: address)
            #expect(response.status == 200)
            #expect(book.asked == [path])
        }
    }

    @Test(arguments: [
        "/../secret", "/04-x/../../secret", "/%2e%2e/secret", "/04-x/%2e%2e%2fsecret", "/..%5csecret", "//etc/passwd",
        "/04-x//record.json", "/.git/config", "/04-x/.", "/a%00.html", "/a%0a.html", "http://127.0.0.1/index.html", "*",
        "/%ff",
    ])
    func noPathLeavesTheFolder(target: String) async throws {
        try await serving { address in
            let response = try await get(target, from: address)
            #expect([400, 404].contains(response.status))
            #expect(book.asked == [])
        }
    }

    @Test func filesSayWhatTheyAre() async throws {
        try await serving { address in
            let picture = try await get("/04-x/figures/ab.png", from: address)
            #expect(picture.headers["content-type"] == "image/png")
            #expect(picture.text == "a picture")
            #expect(
                try await get("/04-x/record.json", from: address).headers["content-type"]?.hasPrefix("application/json")
                    == true)
            for target in ["/04-x/figures/ab.png", "/index.html", "/nothing.png", "/~live/script.js"] {
                let headers = try await get(target, from: address).headers
                #expect(headers["x-content-type-options"] == "nosniff")
                #expect(headers["cross-origin-resource-policy"] == "same-origin")
                #expect(headers["access-control-allow-origin"] == nil)
                #expect(headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
            }
        }
    }

    @Test func aHeadRequestGetsTheHeadersOnly() async throws {
        try await serving { address in
            let client = try Client(address)
            let length = try await client.request("/index.html", method: "HEAD").headers["content-length"]
            #expect(length == String(try await client.request("/index.html").body.count))
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
    func otherMethodsAreRefused(method: String) async throws {
        try await serving { address in
            let response = try await get("/index.html", from: address, method: method)
            #expect(response.status == 405)
            #expect(response.headers["allow"] == "GET, HEAD")
            #expect(book.asked == [])
        }
    }

    @Test(arguments: [
        "evil.example", "evil.example:PORT", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:PORT", "",
    ])
    func otherHostsAreRefused(host: String) async throws {
        try await serving { address in
            let named = host.replacing("PORT", with: String(address.port ?? 0))
            let response = try await get("/index.html", from: address, host: named)
            #expect(response.status == 421)
            #expect(response.text.contains("127.0.0.1:\(address.port ?? 0)"))
            #expect(try await Client(address).open("04-x", host: named).status == 421)
            #expect(book.asked == [])
        }
    }

    @Test func localhostIsThisHostToo() async throws {
        try await serving { address in
            let host = "LocalHost:\(address.port ?? 0)"
            let response = try await get(
                "/index.html", from: address, host: host, headers: ["Origin": "http://localhost:\(address.port ?? 0)"])
            #expect(response.status == 200)
            #expect(
                response.headers["content-security-policy"]?.contains("ws://localhost:\(address.port ?? 0)") == true)
        }
    }

    @Test(arguments: [
        "http://evil.example", "null", "http://localhost:PORT", "https://127.0.0.1:PORT", "http://127.0.0.1:1",
    ])
    func otherOriginsAreRefused(origin: String) async throws {
        try await serving { address in
            let headers = ["Origin": origin.replacing("PORT", with: String(address.port ?? 0))]
            let response = try await get("/index.html", from: address, headers: headers)
            #expect(response.status == 403)
            #expect(try await Client(address).open("04-x", headers: headers).status == 403)
            #expect(book.asked == [])
        }
    }

    /// A page elsewhere can link to the book, yet not load parts of it.
    @Test func pagesElsewhereMayOnlyLinkHere() async throws {
        try await serving { address in
            let navigation = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"]
            let page = try await get("/index.html", from: address, headers: navigation)
            #expect(page.status == 200)
            let frame = navigation.merging(["Sec-Fetch-Dest": "iframe"]) { $1 }
            #expect(try await get("/index.html", from: address, headers: frame).status == 403)
            let embedding = ["Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"]
            #expect(try await get("/04-x/figures/ab.png", from: address, headers: embedding).status == 403)
        }
    }

    @Test func aPageThatIsNotThereSaysSoAndWaitsForIt() async throws {
        try await serving { address in
            let response = try await get("/05-y/index.html", from: address)
            #expect(response.status == 404)
            #expect(response.text.contains("<code>05-y</code>"))
            #expect(response.text.contains(#"data-page="05-y""#))
            #expect(try await get("/05-y/no.png", from: address).status == 404)
        }
    }

    /// Whoever lets it listen on all addresses can use each of them, yet no name that somebody else gave them.
    @Test func onAllAddressesEveryAddressIsThisHost() async throws {
        let server = LiveServer(address: "0.0.0.0", port: 0, content: book)
        let address = try await server.start()
        let port = address.port ?? 0
        #expect(address.host() == "127.0.0.1")
        for (host, status) in [
            ("192.0.2.7:\(port)", 200), ("[2001:db8::1]:\(port)", 200), ("evil.example:\(port)", 421),
        ] {
            #expect(try await get("/index.html", from: address, host: host).status == status)
        }
        await server.stop()
    }

    @Test func aTakenPortIsAnErrorThatNamesTheCure() async throws {
        try await serving { address in
            let port = try #require(address.port.map { UInt16($0) })
            let second = LiveServer(port: port, content: book)
            await #expect(throws: LiveServerError.portTaken(port, address: "127.0.0.1")) { try await second.start() }
            let message = LiveServerError.portTaken(port, address: "127.0.0.1").description
            #expect(message.contains("port \(port)") && message.contains("name another port"))
        }
    }

    @Test func withoutAPortTheUsualOneIsTakenIfItIsFree() async throws {
        let first = LiveServer(port: nil, content: book)
        let second = LiveServer(port: nil, content: book)
        let (one, other) = (try await first.start(), try await second.start())
        #expect(one.port != other.port)
        // Another program may have the usual port already.
        #expect(other.port.map { UInt16($0) } != LiveServer.usualPort)
        for address in [one, other] { #expect(try await get("/", from: address).status == 200) }
        await first.stop()
        await second.stop()
    }

    @Test func anAddressIsToBeOne() async throws {
        await #expect(throws: LiveServerError.noAddress("nowhere")) {
            try await LiveServer(address: "nowhere", port: 0, content: book).start()
        }
        #expect(["127.0.0.1", "127.1.2.3", "::1", "[::1]", "localhost"].allSatisfy(LiveServer.isLoopback))
        #expect(
            !["0.0.0.0", "::", "192.168.1.2", "example.org", "127.0.0.1.example.org", ""].contains(
                where: LiveServer.isLoopback))
    }
}
