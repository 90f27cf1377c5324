import Digest
import Foundation

/// A library as the linker wrote it, to be changed in place: a 64-bit ELF file, little endian, as on every processor that
/// kdbook runs on.
struct SharedLibrary {
    private(set) var bytes: [UInt8]
    private let sections: [Section]
    /// The addresses of symbols, by name.
    private(set) var symbols: [String: Int] = [:]

    private struct Section {
        let address: Int
        let offset: Int
        let size: Int
        let link: Int
        let isSymbolTable: Bool
        let isLoaded: Bool
    }

    /// - Returns: `nil` where the bytes are no such file.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        guard bytes.count > 64, bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]) else { return nil }
        func number(_ offset: Int, _ size: Int) -> Int { SharedLibrary.number(bytes, offset, size) }
        let (table, size, count) = (number(40, 8), number(58, 2), number(60, 2))
        guard size == 64, table > 0, table <= bytes.count, count <= (bytes.count - table) / size else { return nil }
        sections = (0..<count).map { index in
            let header = table + index * size
            let isInFile = number(header + 4, 4) != 8
            return Section(
                address: number(header + 16, 8), offset: number(header + 24, 8),
                size: isInFile ? number(header + 32, 8) : 0, link: number(header + 40, 4),
                isSymbolTable: number(header + 4, 4) == 2, isLoaded: number(header + 8, 8) & 2 != 0)
        }
        guard sections.allSatisfy({ $0.offset >= 0 && $0.size >= 0 && $0.offset <= bytes.count - $0.size }) else {
            return nil
        }
        for table in sections where table.isSymbolTable && table.link < count {
            let names = sections[table.link]
            for entry in stride(from: table.offset, through: table.offset + table.size - 24, by: 24)
            where number(entry + 6, 2) != 0 {
                let start = names.offset + number(entry, 4)
                guard start < names.offset + names.size else { continue }
                let name = bytes[start..<names.offset + names.size].prefix { $0 != 0 }
                symbols[String(decoding: name, as: UTF8.self)] = number(entry + 8, 8)
            }
        }
    }

    /// Stands for all that is loaded of it, and where. The rest of the file is debug information, which names places of the
    /// machine that it was compiled on.
    ///
    /// - Returns: `nil` where the file says of itself what cannot be.
    var loadedDigest: SHA256Digest? {
        // Where the sections are listed depends on what is not loaded.
        var head = bytes
        for place in Array(40..<48) + Array(60..<64) { head[place] = 0 }
        let (table, size, count) = (SharedLibrary.number(bytes, 32, 8), 56, SharedLibrary.number(bytes, 56, 2))
        guard SharedLibrary.number(bytes, 54, 2) == size, table > 0, table <= bytes.count - count * size else {
            return nil
        }
        var hasher = SHA256Hasher()
        hasher.update(head[..<64])
        hasher.update(head[table..<table + count * size])
        for header in stride(from: table, to: table + count * size, by: size)
        where SharedLibrary.number(bytes, header, 4) == 1 {
            let (start, length) = (
                SharedLibrary.number(bytes, header + 8, 8), SharedLibrary.number(bytes, header + 32, 8)
            )
            guard start >= 0, length >= 0, start <= bytes.count, length <= bytes.count - start else { return nil }
            hasher.update(head[start..<start + length])
        }
        return hasher.finalize()
    }

    /// The number in `size` bytes, the lowest first.
    private static func number(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> Int {
        (0..<size).reversed().reduce(0) { $0 << 8 | Int(bytes[offset + $1]) }
    }

    /// Where the byte that will lie at `address` is in the file.
    private func offset(of address: Int, size: Int) -> Int? {
        sections.first { $0.isLoaded && $0.address <= address && address + size <= $0.address + $0.size }.map {
            $0.offset + address - $0.address
        }
    }

    func byte(at address: Int) -> UInt8? { offset(of: address, size: 1).map { bytes[$0] } }

    /// The 32-bit number at `address`.
    func number(at address: Int) -> Int? {
        offset(of: address, size: 4).map { start in
            Int(Int32(bitPattern: (0..<4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[start + $1]) }))
        }
    }

    /// Where the distance at `address` leads.
    func target(ofDistanceAt address: Int) -> Int? { number(at: address).map { address + $0 } }

    /// Lets the distance at `address` lead to `target`.
    mutating func setDistance(at address: Int, to target: Int) {
        guard let start = offset(of: address, size: 4), let distance = Int32(exactly: target - address) else { return }
        withUnsafeBytes(of: distance.littleEndian) { bytes.replaceSubrange(start..<start + 4, with: $0) }
    }

    /// Where the text `text` and a zero lie in what is loaded.
    func address(ofText text: String) -> Int? {
        let pattern = Array(text.utf8) + [0]
        for section in sections where section.isLoaded && section.size > 0 {
            let content = bytes[section.offset..<section.offset + section.size]
            if let found = content.firstRange(of: pattern) {
                return section.address + found.lowerBound - section.offset
            }
        }
        return nil
    }
}
