/// What the header of an object, a group or a dataset, says.
struct HDF5Object {
    /// What the header's messages are about; others are left aside.
    enum Kind: Int {
        case dataspace = 0x01
        case linkInfo = 0x02
        case datatype = 0x03
        case fillValue = 0x05
        case link = 0x06
        case externalFiles = 0x07
        case layout = 0x08
        case groupInfo = 0x0A
        case filters = 0x0B
        case attribute = 0x0C
        case continuation = 0x10
        case symbolTable = 0x11
        case attributeInfo = 0x15
    }

    struct Message {
        let kind: Kind
        let isShared: Bool
        let body: HDF5Cursor
    }

    let address: Int
    private(set) var messages: [Message] = []
    private let storage: HDF5Storage

    init(at address: Int, in storage: HDF5Storage) throws(DataError) {
        self.address = address
        self.storage = storage
        var walk = HDF5Walk(storage)
        var start = try storage.cursor(at: address, upTo: 40)
        var pending: [HDF5Cursor]
        if try start.bytes(4) == Array("OHDR".utf8) {
            try takeNewHeader(start, &walk)
        } else {
            start = try storage.cursor(at: address, count: 16)
            guard try start.number(1) == 1 else { throw start.damaged("no object's header is there") }
            try start.skip(7)
            let size = try start.number(4)
            pending = [try walk.block(at: address + 16, count: size)]
            while let block = pending.popLast() { pending += try takeOldMessages(block, &walk) }
        }
    }

    /// The first message about `kind`.
    func first(_ kind: Kind) -> HDF5Cursor? { messages.first { $0.kind == kind }?.body }

    func required(_ kind: Kind) throws(DataError) -> HDF5Cursor {
        guard let message = messages.first(where: { $0.kind == kind }) else {
            throw try storage.cursor(at: address, count: 0).damaged("an object has no \(kind)")
        }
        guard !message.isShared else {
            throw message.body.unsupported(
                "a \(kind) that several objects share", cure: "write the dataset with a type of its own")
        }
        return message.body
    }

    private mutating func takeOldMessages(
        _ block: HDF5Cursor, _ walk: inout HDF5Walk
    ) throws(DataError) -> [HDF5Cursor] {
        var block = block
        var further: [HDF5Cursor] = []
        while block.left >= 8 {
            let (type, size, flags) = (try block.number(2), try block.number(2), try block.number(1))
            try block.skip(3)
            if let (address, size) = try take(type, size: size, flags: flags, from: &block) {
                further.append(try walk.block(at: address, count: size))
            }
        }
        return further
    }

    private mutating func takeNewHeader(_ start: HDF5Cursor, _ walk: inout HDF5Walk) throws(DataError) {
        var start = start
        guard try start.number(1) == 2 else {
            throw start.unsupported("such an object", cure: "write it with libver='v108'")
        }
        let flags = try start.number(1)
        try start.skip((flags & 0x20 == 0 ? 0 : 16) + (flags & 0x10 == 0 ? 0 : 4))
        let size = try start.number(1 << (flags & 3))
        let hasOrder = flags & 0x04 != 0
        var pending = [try walk.block(at: address + start.at, count: size)]
        while var block = pending.popLast() {
            while block.left >= (hasOrder ? 6 : 4) {
                let (type, size, flags) = (try block.number(1), try block.number(2), try block.number(1))
                try block.skip(hasOrder ? 2 : 0)
                guard let (address, size) = try take(type, size: size, flags: flags, from: &block) else { continue }
                // `OCHK` before the messages, a checksum behind them.
                guard size >= 8 else { throw block.damaged("a part of a header has \(size) bytes") }
                var mark = try storage.cursor(at: address, count: 4)
                try mark.expect("OCHK")
                pending.append(try walk.block(at: address + 4, count: size - 8))
            }
        }
    }

    /// Takes a message.
    /// - Returns: where further ones lie, if it says so.
    private mutating func take(
        _ type: Int, size: Int, flags: Int, from block: inout HDF5Cursor
    ) throws(DataError) -> (address: Int, size: Int)? {
        let body = HDF5Cursor(piece: try block.bytes(size), of: block, sizes: storage.sizes, path: storage.source.path)
        guard let kind = Kind(rawValue: type) else { return nil }
        if kind == .continuation {
            var place = body
            return (try place.existingAddress(), try place.length())
        }
        messages.append(Message(kind: kind, isShared: flags & 2 != 0, body: body))
        return nil
    }
}

extension HDF5Cursor {
    /// A piece that was just read from `block`.
    init(piece: [UInt8], of block: HDF5Cursor, sizes: HDF5Sizes, path: String) {
        self.init(piece, sizes: sizes, path: path, start: block.place - piece.count)
    }
}
