/// Why a ``LiveServer`` does not serve.
public enum LiveServerError: Error, Hashable, Sendable, CustomStringConvertible {
    case noAddress(String)
    case portTaken(UInt16, address: String)
    case cannotListen(UInt16, address: String, cause: String)

    /// The error in words, with the address and the cure.
    public var description: String {
        switch self {
        case .noAddress(let text):
            "error: \(text) is not an address to listen on; one is 127.0.0.1"
        case .portTaken(let port, let address):
            "error: another program listens on port \(port) of \(address); name another port, or none to have a free one"
        case .cannotListen(let port, let address, let cause):
            "error: cannot listen on port \(port) of \(address): \(cause)"
        }
    }
}
