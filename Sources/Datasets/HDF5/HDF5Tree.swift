/// The records of a tree of version 2, in the order of its keys.
///
/// A node holds records, an inner one also its children's addresses and numbers of records. How many bytes these numbers take follows
/// from how many records a node of the level below can hold.
func hdf5Records(ofTreeAt address: Int, in storage: HDF5Storage) throws(DataError) -> [[UInt8]] {
    let offset = storage.sizes.offset
    var header = try storage.cursor(at: address, count: 22 + offset + storage.sizes.length)
    try header.expect("BTHD")
    try header.skip(2)
    let (nodeSize, recordSize, depth) = (try header.number(4), try header.number(2), try header.number(2))
    try header.skip(2)
    guard let root = try header.address() else { return [] }
    let rootCount = try header.number(2)
    guard nodeSize > 32, recordSize > 0, nodeSize > 10 + recordSize, depth < 16 else {
        throw header.damaged("a tree's sizes cannot be")
    }
    let levels = HDF5TreeLevels(nodeSize: nodeSize, recordSize: recordSize, depth: depth, offsetSize: offset)
    var walk = HDF5Walk(storage)
    var records: [[UInt8]] = []
    var pending = [(address: root, count: rootCount, level: depth)]
    while let (address, count, level) = pending.popLast() {
        guard count <= levels.most[level] else { throw header.damaged("a tree's node holds \(count) records") }
        var node = try walk.block(at: address, upTo: nodeSize)
        try node.expect(level == 0 ? "BTLF" : "BTIN")
        try node.skip(2)
        for _ in 0..<count { records.append(try node.bytes(recordSize)) }
        guard level > 0 else { continue }
        for _ in 0...count {
            let child = try node.existingAddress()
            let childCount = try node.number(levels.countSize)
            try node.skip(level > 1 ? levels.totalSizes[level - 1] : 0)
            pending.append((child, childCount, level - 1))
        }
    }
    return records
}

private struct HDF5TreeLevels {
    /// How many records a node of each level can hold.
    private(set) var most: [Int]
    /// How many bytes the number of a node's records takes.
    let countSize: Int
    /// How many bytes the number of all records below a node takes, by the node's level.
    private(set) var totalSizes: [Int] = [0]

    init(nodeSize: Int, recordSize: Int, depth: Int, offsetSize: Int) {
        most = [(nodeSize - 10) / recordSize]
        countSize = Self.bytes(most[0])
        var total = most[0]
        for level in 0..<depth {
            let pointer = offsetSize + countSize + totalSizes[level]
            let here = max(0, (nodeSize - 10 - pointer) / (recordSize + pointer))
            most.append(here)
            let (product, overflow) = (here + 1).multipliedReportingOverflow(by: total)
            total = overflow || product > 1 << 56 ? 1 << 56 : product + here
            totalSizes.append(Self.bytes(total))
        }
    }

    private static func bytes(_ count: Int) -> Int { (63 - max(count, 1).leadingZeroBitCount) / 8 + 1 }
}
