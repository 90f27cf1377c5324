/// Why an IDX file cannot be used: which file, where in it, what is wrong there and what to do about it.
public struct IDXError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Cause: Hashable, Sendable {
        /// The system would not open or read the file; the reason is the system's own.
        case unreadable(reason: String)
        /// The system would not write the file; the reason is the system's own.
        case unwritable(reason: String)
        /// The path leads to a folder, a pipe or a device.
        case notAFile
        /// There is neither this file nor one of its other names.
        case missing(otherNames: [String])
        /// The file begins as gzip does and does not go on so; the reason is zlib's own.
        case damagedGzip(reason: String)
        /// An IDX file's first two bytes are zero; these are not.
        case notIDX(firstBytes: [UInt8])
        /// Elements of this type code, where unsigned bytes (8) are wanted.
        case elementType(UInt8)
        /// Elements of a type code that the format does not have.
        case unknownType(UInt8)
        /// Another number of dimensions than the content asks for.
        case dimensionCount(Int, wanted: Int)
        /// The dimension of this index, counted from 0, has size zero.
        case emptyDimension(index: Int)
        /// More elements than the reader was allowed to hold.
        case tooLarge(dimensions: [Int], maximumCount: Int)
        /// The content ends too early.
        case truncated(byteCount: Int, wanted: Int)
        /// The content goes on after the last element.
        case trailingBytes(wanted: Int)
        /// Images of another size than the data set's.
        case imageSize(width: Int, height: Int, wantedWidth: Int, wantedHeight: Int)
        /// A label file of another length than its image file.
        case labelCount(Int, imageCount: Int, imageFile: String)
        /// A label that names no class.
        case label(UInt8, classCount: Int)
    }

    /// The file's path as it was given.
    public let file: String
    /// Where in the uncompressed content the fault lies, in bytes from its start; for `damagedGzip`, where in the
    /// file as stored; `nil` where it is the file as a whole.
    public let offset: Int?
    /// What is wrong.
    public let cause: Cause

    init(_ file: String, at offset: Int? = nil, _ cause: Cause) {
        self.file = file
        self.offset = offset
        self.cause = cause
    }

    /// One line: the file, the place, the cause, the cure.
    public var description: String {
        let place = offset.map { "at byte \($0): " } ?? ""
        let line = "\(file): error: \(place)\(cause); \(cure)"
        return String(line.map { $0.isNewline ? "␤" : $0 })
    }

    /// What to do about it.
    public var cure: String {
        switch cause {
        case .unreadable: "check the path and its permissions"
        case .unwritable: "check the folder, its permissions and the room on its disk"
        case .notAFile: "give the path of a regular file"
        case .missing: "put one of them there"
        case .damagedGzip, .truncated: "fetch the file again"
        case .notIDX: "give an IDX file, plain or gzip"
        case .elementType: "store the elements as unsigned bytes, or read them by NumberArray(contentsOfIDX:)"
        case .unknownType: "give a file whose third byte is 8, 9, 11, 12, 13 or 14"
        case .dimensionCount: "check that images and labels are not interchanged"
        case .emptyDimension: "give a file with at least one element"
        case .tooLarge: "check the header, or allow a larger maximumCount"
        case .trailingBytes: "check the header's sizes, or cut off the rest"
        case .imageSize: "give the files of this data set"
        case .labelCount: "give images and labels of the same part"
        case .label: "check that the file holds labels"
        }
    }
}

extension IDXError.Cause: CustomStringConvertible {
    /// What is wrong, in words, without place and cure.
    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read (\(reason))"
        case .unwritable(let reason): "cannot be written (\(reason))"
        case .notAFile: "is not a regular file"
        case .missing(let names):
            "is not there, nor \(names.count == 1 ? "is" : "are") \(names.joined(separator: ", "))"
        case .damagedGzip(let reason): "the gzip data are damaged (\(reason))"
        case .notIDX(let firstBytes): "an IDX file begins with two zero bytes, this one with \(firstBytes)"
        case .elementType(let code): "the elements are of type \(Self.typeName(code)), not unsigned bytes"
        case .unknownType(let code): "the elements are of type \(code), which IDX does not have"
        case .dimensionCount(let count, let wanted): "the number of dimensions is \(count), not \(wanted)"
        case .emptyDimension(let index): "the size of dimension \(index + 1) is zero"
        case .tooLarge(let dimensions, let maximumCount):
            "\(dimensions.map(String.init).joined(separator: " × ")) elements are more than the \(maximumCount) allowed"
        case .truncated(let byteCount, let wanted): "the content ends after \(byteCount) of \(wanted) bytes"
        case .trailingBytes(let wanted): "the content goes on after its \(wanted) bytes"
        case .imageSize(let width, let height, let wantedWidth, let wantedHeight):
            "the images are \(width)×\(height), not \(wantedWidth)×\(wantedHeight)"
        case .labelCount(let count, let imageCount, let imageFile):
            "\(count) labels do not go with the \(imageCount) images of \(imageFile)"
        case .label(let label, let classCount): "the label \(label) is not below \(classCount)"
        }
    }

    private static func typeName(_ code: UInt8) -> String {
        let names: [UInt8: String] = [
            0x09: "signed byte", 0x0B: "short", 0x0C: "int", 0x0D: "float", 0x0E: "double",
        ]
        return "\(code) (\(names[code] ?? "unknown"))"
    }
}
