public import Datasets

/// A safetensors file whose tensors are read when they are asked for, so that one of a type that cannot be read, or that is damaged,
/// keeps none of the others back; or several such files, by the index that lies beside them.
public struct SafetensorsFile: Sendable {
    /// What else the file says; of an index, what the index says.
    public private(set) var metadata: [String: String] = [:]

    let path: String
    private var places: [String: Place] = [:]

    private struct Place: Sendable {
        let source: ByteSource
        let entry: SafetensorsHeader.Entry
        /// Where the tensors' bytes begin in the file.
        let start: Int
    }

    /// Opens a file, or all files that an index (`….safetensors.index.json`) names.
    /// - Throws: an error that names the file and what is wrong: as ``init(decoding:path:)``; for an index, also where it gives no
    ///   names of files in its own folder, or says of a tensor that it is in a file where it is not.
    public init(contentsOf path: String) throws(SafetensorsError) {
        if path.hasSuffix(".json") {
            try self.init(index: path)
        } else {
            try self.init(Self.source(path))
        }
    }

    /// Opens the bytes of a file.
    ///
    /// Refused are: a header that is longer than the file or than 100 MB, or is no such JSON; a name that occurs twice; a size that
    /// does not fit the shape; tensors that overlap or leave a hole; bytes that are missing or too many.
    /// - Parameter path: What errors call the file.
    public init(decoding bytes: [UInt8], path: String) throws(SafetensorsError) {
        try self.init(ByteSource(bytes, path: path))
    }

    /// The tensors' names, sorted.
    public var names: [String] { places.keys.sorted() }

    /// The sizes of a tensor, outermost first; `nil` where there is none of this name.
    public func shape(of name: String) -> [Int]? { places[name]?.entry.shape }

    /// The type of a tensor in the format's words, such as `BF16`; `nil` where there is none of this name.
    public func typeName(of name: String) -> String? { places[name]?.entry.type }

    /// Reads the tensor of this name.
    /// - Throws: an error that names the file where there is no such tensor, or its type is one that cannot be read.
    public func tensor(named name: String) throws(SafetensorsError) -> NumberArray {
        guard let place = places[name] else {
            throw SafetensorsError(path, "there is no tensor `\(name)`; there are \(Self.list(names))")
        }
        let entry = place.entry
        guard let type = SafetensorsType.type(entry.type) else {
            let known = SafetensorsType.readable.joined(separator: ", ")
            throw SafetensorsError(place.source.path, "tensor `\(name)` is of type \(entry.type); read are \(known)")
        }
        do throws(DataError) {
            let bytes = try place.source.bytes(place.start + entry.begin..<place.start + entry.end)
            return NumberArray(type: type, shape: entry.shape, bytes: bytes)
        } catch { throw SafetensorsError(place.source.path, "tensor `\(name)` cannot be read: \(error.cause)") }
    }

    /// The numbers of a tensor as 32-bit ones, which must all be finite.
    func finiteNumbers(of name: String) throws(SafetensorsError) -> [Float] {
        let tensor = try tensor(named: name)
        do throws(NumberError) {
            let numbers = try tensor.floats()
            if let place = numbers.firstIndex(where: { !$0.isFinite }) {
                throw NumberError(description: "number \(place) is NaN or infinite")
            }
            return numbers
        } catch { throw SafetensorsError(path, "tensor `\(name)`: \(error.description)") }
    }

    static func list(_ names: [String]) -> String {
        let some = names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
        return names.isEmpty ? "none" : names.count > 12 ? "\(some) and \(names.count - 12) more" : some
    }
}

// MARK: - A file

extension SafetensorsFile {
    private static func source(_ path: String) throws(SafetensorsError) -> ByteSource {
        do throws(DataError) { return try ByteSource(contentsOf: path) } catch {
            throw SafetensorsError(path, "it \(error.cause)")
        }
    }

    private init(_ source: ByteSource) throws(SafetensorsError) {
        path = source.path
        let (header, start) = try Self.header(of: source)
        metadata = header.metadata
        var position = 0
        for entry in header.entries.sorted(by: { ($0.begin, $0.end) < ($1.begin, $1.end) }) {
            if let problem = Self.problem(of: entry, at: position, of: source.count - start) {
                throw SafetensorsError(path, "tensor `\(entry.name)` \(problem)")
            }
            places[entry.name] = Place(source: source, entry: entry, start: start)
            position = entry.end
        }
        guard start + position == source.count else {
            throw SafetensorsError(path, "\(source.count - start - position) bytes at its end belong to no tensor")
        }
    }

    /// The largest header that is read, in bytes: that of the reference implementation.
    private static let headerLimit = 100_000_000

    private static func header(of source: ByteSource) throws(SafetensorsError) -> (SafetensorsHeader, start: Int) {
        let path = source.path
        guard source.count >= 8 else {
            throw SafetensorsError(path, "it has \(source.count) bytes, fewer than a header")
        }
        do throws(DataError) {
            let length = try source.bytes(0..<8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard length <= headerLimit else {
                throw DataError(
                    path, "its header is said to have \(length) bytes; at most \(headerLimit) are read", cure: "")
            }
            let start = 8 + Int(length)
            guard start <= source.count else {
                throw DataError(
                    path, "its header is said to have \(length) bytes, but \(source.count - 8) follow", cure: "")
            }
            let bytes = try source.bytes(8..<start)
            do throws(SafetensorsHeader.Problem) { return (try SafetensorsHeader(parsing: bytes[...]), start) } catch {
                throw DataError(path, "its header \(error.reason)", cure: "")
            }
        } catch { throw SafetensorsError(path, error.cause) }
    }

    /// What is wrong with a tensor's place, where those before it end at `position` and there are `available` bytes.
    private static func problem(of entry: SafetensorsHeader.Entry, at position: Int, of available: Int) -> String? {
        if entry.end < entry.begin { return "ends at byte \(entry.end), before it begins at \(entry.begin)" }
        if entry.begin < position { return "begins at byte \(entry.begin), within the tensor before it" }
        if entry.begin > position { return "begins at byte \(entry.begin), after a hole from \(position)" }
        if entry.end > available { return "ends at byte \(entry.end), but there are \(available): the file is cut off" }
        guard var bits = SafetensorsType.bits(entry.type) else { return nil }
        for length in entry.shape {
            let (product, overflow) = bits.multipliedReportingOverflow(by: length)
            if overflow { return "has the shape \(entry.shape), which no file can hold" }
            bits = product
        }
        let (size, rest) = bits.quotientAndRemainder(dividingBy: 8)
        if rest != 0 { return "of type \(entry.type) and shape \(entry.shape) ends within a byte" }
        return size == entry.end - entry.begin
            ? nil : "has \(entry.end - entry.begin) bytes, but its shape \(entry.shape) needs \(size)"
    }
}

// MARK: - An index of several files

extension SafetensorsFile {
    private init(index path: String) throws(SafetensorsError) {
        self.path = path
        let index = try SafetensorsIndex(Self.source(path))
        metadata = index.metadata
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        for (file, names) in index.files.sorted(by: { $0.key < $1.key }) {
            let part = try SafetensorsFile(Self.source(folder + file))
            for name in names {
                guard let place = part.places[name] else {
                    throw SafetensorsError(path, "tensor `\(name)` is said to be in \(file), where it is not")
                }
                places[name] = place
            }
        }
    }
}
