/// The names in a group, each with the address of its object. Links by name, within a file or to another, are left aside, so that
/// nothing outside the file is ever reached.
struct HDF5Group {
    private(set) var members: [String: Int] = [:]

    /// `nil` where the object is no group.
    init?(_ object: HDF5Object, in storage: HDF5Storage) throws(DataError) {
        if var table = object.first(.symbolTable) {
            try takeTable(tree: table.existingAddress(), heap: table.existingAddress(), storage)
        } else if object.first(.linkInfo) != nil || object.first(.link) != nil {
            for message in object.messages where message.kind == .link { try takeLink(message.body) }
            if let info = object.first(.linkInfo) { try takeDense(info, storage) }
        } else {
            return nil
        }
    }

    /// Links of a group that has many: in a heap, found by a tree.
    private mutating func takeDense(_ info: HDF5Cursor, _ storage: HDF5Storage) throws(DataError) {
        var words = info
        try words.skip(1)
        let flags = try words.number(1)
        try words.skip(flags & 1 == 0 ? 0 : 8)
        guard let heapAddress = try words.address() else { return }
        let heap = try HDF5Heap(at: heapAddress, in: storage)
        for record in try hdf5Records(ofTreeAt: words.existingAddress(), in: storage) {
            try takeLink(heap.object(Array(record.dropFirst(4))))
        }
    }

    private mutating func takeLink(_ message: HDF5Cursor) throws(DataError) {
        var words = message
        try words.skip(1)
        let flags = try words.number(1)
        let kind = flags & 8 == 0 ? 0 : try words.number(1)
        try words.skip((flags & 4 == 0 ? 0 : 8) + (flags & 16 == 0 ? 0 : 1))
        let name = try words.text(words.number(1 << (flags & 3)))
        if kind == 0 { members[name] = try words.existingAddress() }
    }

    /// The members of a group as old versions write it: a tree of tables of symbols.
    private mutating func takeTable(tree: Int, heap: Int, _ storage: HDF5Storage) throws(DataError) {
        let names = try Self.names(at: heap, storage)
        var walk = HDF5Walk(storage)
        var pending = [tree]
        while let address = pending.popLast() {
            var start = try storage.cursor(at: address, count: 8)
            let mark = try start.bytes(4)
            if mark == Array("SNOD".utf8) {
                try start.skip(2)
                let count = try start.number(2)
                let size = 24 + 2 * storage.sizes.offset
                var table = try walk.block(at: address, count: 8 + count * size)
                try table.skip(8)
                for _ in 0..<count { try takeSymbol(&table, names) }
            } else {
                try pending += Self.children(at: address, storage, &walk)
            }
        }
    }

    private mutating func takeSymbol(_ table: inout HDF5Cursor, _ names: [UInt8]) throws(DataError) {
        let place = try table.number(table.offsetSize)
        let address = try table.address()
        let kind = try table.number(4)
        try table.skip(20)
        guard place < names.count, let name = String(validating: names[place...].prefix { $0 != 0 }, as: UTF8.self)
        else { throw table.damaged("a member of a group has no name") }
        if kind != 2, let address { members[name] = address }
    }

    private static func children(
        at address: Int, _ storage: HDF5Storage, _ walk: inout HDF5Walk
    ) throws(DataError) -> [Int] {
        let head = 8 + 2 * storage.sizes.offset
        var node = try storage.cursor(at: address, count: 8)
        try node.expect("TREE")
        guard try node.number(1) == 0 else { throw node.damaged("a group's tree is of another kind") }
        try node.skip(1)
        let count = try node.number(2)
        let size = storage.sizes.length + storage.sizes.offset
        node = try walk.block(at: address, count: head + count * size)
        try node.skip(head)
        var children: [Int] = []
        for _ in 0..<count {
            try node.skip(storage.sizes.length)
            children.append(try node.existingAddress())
        }
        return children
    }

    /// The heap of a group's names, each of which ends with a zero.
    private static func names(at address: Int, _ storage: HDF5Storage) throws(DataError) -> [UInt8] {
        var heap = try storage.cursor(at: address, count: 8 + 2 * storage.sizes.length + storage.sizes.offset)
        try heap.expect("HEAP")
        try heap.skip(4)
        let size = try heap.length()
        try heap.skip(storage.sizes.length)
        return try storage.bytes(at: heap.existingAddress(), count: size)
    }
}
