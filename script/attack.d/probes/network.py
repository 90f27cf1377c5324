"""The network: this machine's own, to sockets that were made for it."""

from cells import rendered, tries
from probe import expect, probe

tries("a cell opens no socket and reaches none, on this machine or another", r'''
typealias Family = Int32
let stream = Int32(SOCK_STREAM.rawValue), datagram = Int32(SOCK_DGRAM.rawValue), raw = Int32(SOCK_RAW.rawValue)
for (name, family, kind, kind2) in [("TCP", AF_INET, stream, 0), ("UDP", AF_INET, datagram, 0), ("TCP over IPv6", AF_INET6, stream, 0),
    ("raw", AF_INET, raw, 1), ("packets", 17, raw, 3), ("local", AF_UNIX, stream, 0), ("netlink", 16, raw, 0), ("the host", 40, stream, 0),
    ("Bluetooth", 31, raw, 1), ("keys", 38, stream, 0), ("XDP", 44, raw, 0), ("SMC", 43, stream, 0)] as [(String, Family, Int32, Int32)] {
    attempt(name, socket(family, kind, kind2))
}
func reach<Result>(_ port: Int, _ use: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    var to = sockaddr_in()
    to.sin_family = sa_family_t(AF_INET)
    to.sin_port = UInt16(port).bigEndian
    to.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return withUnsafePointer(to: &to) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { use($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
}
var pair: [Int32] = [0, 0]
for family in [AF_INET, AF_INET6, 16, 30] { attempt("a pair of \(family)", socketpair(family, stream, 0, &pair)) }
for kind in [stream, datagram] where socketpair(AF_UNIX, kind, 0, &pair) == 0 {
    attempt("connect a pair", reach(world["tcp"] as! Int) { connect(pair[0], $0, $1) })
    attempt("send to an address", reach(world["udp"] as! Int) { sendto(pair[0], "x", 1, 0, $0, $1) })
    attempt("bind a pair", reach(0) { bind(pair[0], $0, $1) })
    attempt("listen", listen(pair[0], 1))
    var message = msghdr()
    attempt("send a message", sendmsg(pair[0], &message, 0))
}
attempt("the shell's way", open("/dev/tcp/127.0.0.1/\(world["tcp"]!)", O_RDWR))
''')


@probe("nobody has come to the sockets that listen on this machine")
def listeners(world):
    rendered(world)
    for listener in world.listeners:
        try:
            came = listener.accept() if listener is world.listeners[0] else listener.recv(1)
        except BlockingIOError:
            came = None
        expect(came is None, f"{came} came")
