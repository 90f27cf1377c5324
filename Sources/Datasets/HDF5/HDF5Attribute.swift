/// A named value of a group or a dataset.
struct HDF5Attribute {
    let name: String
    private let type: HDF5Type
    private let shape: [Int]
    private let data: HDF5Cursor
    private let storage: HDF5Storage

    /// All attributes of an object, whose types can be read.
    static func all(of object: HDF5Object, in storage: HDF5Storage) throws(DataError) -> [HDF5Attribute] {
        var bodies = object.messages.filter { $0.kind == .attribute && !$0.isShared }.map(\.body)
        if var info = object.first(.attributeInfo) {
            try info.skip(1)
            let flags = try info.number(1)
            try info.skip(flags & 1 == 0 ? 0 : 2)
            if let heapAddress = try info.address() {
                let heap = try HDF5Heap(at: heapAddress, in: storage)
                for record in try hdf5Records(ofTreeAt: info.existingAddress(), in: storage) {
                    // One too large for a heap's block keeps none of the others back.
                    if let body = try? heap.object(record) { bodies.append(body) }
                }
            }
        }
        return bodies.compactMap { try? HDF5Attribute($0, in: storage) }
    }

    private init(_ message: HDF5Cursor, in storage: HDF5Storage) throws(DataError) {
        var words = message
        let version = try words.number(1)
        let flags = try words.number(1)
        let sizes = (name: try words.number(2), type: try words.number(2), space: try words.number(2))
        guard (1...3).contains(version), version == 1 || flags & 3 == 0 else {
            throw words.unsupported("an attribute of a type that objects share", cure: "write the value itself")
        }
        try words.skip(version == 3 ? 1 : 0)
        name = try words.text(sizes.name)
        if version == 1 { words.align() }
        type = try HDF5Type(words.piece(sizes.type))
        if version == 1 { words.align() }
        shape = try hdf5Shape(words.piece(sizes.space))
        if version == 1 { words.align() }
        data = words
        self.storage = storage
    }

    /// The value as texts, one or a list; `nil` where it is none.
    func texts() throws(DataError) -> [String]? {
        var words = data
        let size = type.byteCount(storage.sizes)
        guard size > 0 else { return nil }
        let (count, overflow) = shape.reduce((1, false)) { product, size in
            let (next, overflow) = product.0.multipliedReportingOverflow(by: size)
            return (next, overflow || product.1)
        }
        guard !overflow, count <= words.left / size else { throw words.damaged("an attribute's value is cut off") }
        var texts: [String] = []
        for _ in 0..<count {
            switch type {
            case .text: texts.append(try words.text(size))
            case .textElsewhere: texts.append(try elsewhere(&words))
            default: return nil
            }
        }
        return texts
    }

    /// Text in a heap that all objects share: its length, the heap's address, and its number there.
    private func elsewhere(_ words: inout HDF5Cursor) throws(DataError) -> String {
        let length = try words.number(4)
        let address = try words.address()
        let wanted = try words.number(4)
        guard length > 0, let address, address > 0 else { return "" }
        var start = try storage.cursor(at: address, count: 8 + storage.sizes.length)
        try start.expect("GCOL")
        try start.skip(4)
        var heap = try storage.cursor(at: address, count: start.length())
        try heap.skip(8 + storage.sizes.length)
        while heap.left >= 8 + storage.sizes.length {
            let number = try heap.number(2)
            try heap.skip(6)
            let size = try heap.length()
            if number == wanted, number > 0 {
                guard length <= size else { break }
                return try heap.text(length)
            }
            guard number > 0, size <= heap.left else { break }
            try heap.skip(min((size + 7) / 8 * 8, heap.left))
        }
        throw heap.damaged("a text is missing")
    }
}

extension HDF5Cursor {
    /// The next `count` bytes, to be read from their front.
    mutating func piece(_ count: Int) throws(DataError) -> HDF5Cursor {
        var piece = self
        try skip(count)
        piece.cut(to: count)
        return piece
    }
}
