import FlyingSocks
import Foundation

/// An address to listen on: one of IP version 4 or 6.
struct ServerAddress: Hashable, Sendable {
    /// The address as it stands in a URL.
    let host: String
    private let isVersion6: Bool

    /// - Parameter text: an address such as `127.0.0.1`, `::1` or `[::1]`, or `localhost`; the result is `nil` for others.
    init?(_ text: String) {
        let bare = text == "localhost" ? "127.0.0.1" : text.trimmingPrefix("[")
        let address = String(bare.hasSuffix("]") ? bare.dropLast() : bare[...])
        if (try? sockaddr_in.inet(ip4: address, port: 0)) != nil {
            (host, isVersion6) = (address, false)
        } else if (try? sockaddr_in6.inet6(ip6: address, port: 0)) != nil {
            (host, isVersion6) = ("[\(address.lowercased())]", true)
        } else {
            return nil
        }
    }

    /// Whether only programs on this machine can reach it.
    var isLoopback: Bool { isVersion6 ? host == "[::1]" : host.hasPrefix("127.") }

    /// Whether it stands for all addresses of the machine.
    var isAny: Bool { host == "0.0.0.0" || host == "[::]" }

    /// What a browser on this machine calls it.
    var hostToOpen: String { isAny ? "127.0.0.1" : host }

    /// - Throws: never, as the address is one.
    func socketAddress(port: UInt16) throws -> any SocketAddress {
        isVersion6
            ? try sockaddr_in6.inet6(ip6: String(host.dropFirst().dropLast()), port: port)
            : try sockaddr_in.inet(ip4: host, port: port)
    }
}
