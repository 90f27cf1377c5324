import FlyingFox
import Foundation

/// Which requests are answered: those of a browser whose reader opened a served page, and of the served pages themselves. A
/// page from elsewhere that the same browser shows may neither read what is served nor listen to it.
struct RequestRules: Sendable {
    /// What the server is called by those who may use it: addresses with port, in lower case.
    private let authorities: Set<String>
    /// The port where the server listens on all addresses of the machine, each of which may then name it.
    private let portOnAnyAddress: UInt16?

    init(address: ServerAddress, port: UInt16) {
        let names = address.isLoopback ? [address.host, "localhost", "127.0.0.1"] : [address.host, "localhost"]
        authorities = Set(names.flatMap { port == 80 ? [$0, "\($0):80"] : ["\($0):\(port)"] })
        portOnAnyAddress = address.isAny ? port : nil
    }

    /// Why a request is refused; `nil` where it is not.
    func refusal(of request: HTTPRequest) -> (status: HTTPStatusCode, reason: String)? {
        guard let host = request.headers[.host]?.lowercased(), names(host) else {
            // A name that its owner lets point to this machine would otherwise make his pages ours.
            return (
                .misdirectedRequest, "kdbook watch answers at \(authorities.sorted().joined(separator: " and ")) only."
            )
        }
        if let origin = request.headers[.origin], origin.lowercased() != "http://" + host {
            return (.forbidden, "Pages from elsewhere may not use kdbook watch.")
        }
        let site = request.headers[.fetchSite] ?? "none"
        // A link elsewhere may lead to a page; a frame elsewhere may not have one in it.
        let isLink =
            request.headers[.fetchMode] == "navigate" && ["document", nil].contains(request.headers[.fetchDest])
        guard ["none", "same-origin"].contains(site) || isLink else {
            return (.forbidden, "Pages from elsewhere may not use kdbook watch.")
        }
        guard request.method == .GET || request.method == .HEAD else {
            return (.methodNotAllowed, "kdbook watch only shows pages: GET and HEAD.")
        }
        return nil
    }

    private func names(_ host: String) -> Bool {
        if authorities.contains(host) { return true }
        guard let portOnAnyAddress, host.hasSuffix(":\(portOnAnyAddress)") else { return false }
        return ServerAddress(String(host.dropLast(":\(portOnAnyAddress)".count))) != nil
    }
}

extension HTTPHeader {
    static let origin = HTTPHeader("Origin")
    static let fetchSite = HTTPHeader("Sec-Fetch-Site")
    static let fetchDest = HTTPHeader("Sec-Fetch-Dest")
    static let fetchMode = HTTPHeader("Sec-Fetch-Mode")
}
