import FlyingFox
import Foundation

/// Why what a page sends is no frame of a WebSocket, or more than a page has to send.
enum FrameError: Error { case unmasked, tooLong }

extension WSFrame {
    /// The most bytes of what a page sends: a page has nothing to say but that it is there, or goes.
    static let mostPayloadBytes = 4096

    /// Reads the next frame (RFC 6455, 5.2).
    init(from received: ReceivedBytes) async throws {
        let head = try await received.take(2)
        // What a browser sends is masked.
        guard head[1] & 0x80 != 0 else { throw FrameError.unmasked }
        var count = Int(head[1] & 0x7F)
        if count == 126 {
            let length = try await received.take(2)
            count = Int(length[0]) << 8 | Int(length[1])
        }
        let isControl = head[0] & 0x8 != 0
        guard head[1] & 0x7F < 127, count <= (isControl ? 125 : Self.mostPayloadBytes) else { throw FrameError.tooLong }
        let mask = try await received.take(4)
        let payload = try await received.take(count).enumerated().map { $1 ^ mask[$0 % 4] }
        self.init(fin: head[0] & 0x80 != 0, opcode: Opcode(head[0] & 0xF), mask: nil, payload: Data(payload))
    }

    /// The frame as a server sends it: unmasked.
    var encoded: Data {
        var bytes = Data([(fin ? 0x80 : 0) | opcode.rawValue])
        switch payload.count {
        case ..<126: bytes.append(UInt8(payload.count))
        case ...0xFFFF:
            bytes.append(126)
            withUnsafeBytes(of: UInt16(payload.count).bigEndian) { bytes.append(contentsOf: $0) }
        default:
            bytes.append(127)
            withUnsafeBytes(of: UInt64(payload.count).bigEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes + payload
    }
}
