import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct HDF5Files {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static let versions = ["earliest", "v108", "latest"]

    private static func golden(_ name: String) throws -> HDF5File {
        try HDF5File(contentsOf: "\(ArrayReference.folder)/\(name).h5")
    }

    @Test(arguments: versions)
    func everyDatasetIsReadAsH5pyReadsIt(name: String) throws {
        let references = try #require(ArrayReference.all[name])
        let file = try Self.golden(name)
        #expect(references.count > 40)
        for (path, reference) in references {
            #expect(try reference.isKept(by: file.array(at: path)), "\(path)")
        }
        // Under two names stands one dataset, and what is text is a dataset, too.
        let paths = try file.datasets()
        #expect(Set(paths).union(["half"]).isSuperset(of: references.keys))
        #expect(paths.contains("text") && Set(paths).count == paths.count)
    }

    @Test(arguments: versions)
    func linksByNameAreNotFollowed(name: String) throws {
        let file = try Self.golden(name)
        let members = try file.members(of: "")
        #expect(members.contains("scalar") && !members.contains("soft") && !members.contains("outside"))
        let error = #expect(throws: DataError.self) { try file.array(at: "outside") }
        #expect(error?.cause == "there is no `outside`")
    }

    @Test(arguments: versions)
    func groupsThatHoldEachOtherEnd(name: String) throws {
        let file = try Self.golden(name)
        #expect(try file.members(of: "kinds/again/again/again") == file.members(of: "kinds"))
        #expect(try file.array(at: "/kinds/again/<f4") == file.array(at: "kinds/<f4"))
    }

    @Test(arguments: versions)
    func textsOfAttributesAreRead(name: String) throws {
        let file = try Self.golden(name)
        #expect(try file.texts(ofAttribute: "word") == ["a µ"])
        #expect(try file.texts(ofAttribute: "words") == ["a", "", "ccc"])
        #expect(try file.texts(ofAttribute: "bytes") == ["ab", "c"])
        #expect(try file.texts(ofAttribute: "number") == nil)
        #expect(try file.texts(ofAttribute: "none") == nil)
        for number in 0..<24 {
            #expect(try file.texts(ofAttribute: "attribute \(number)", at: "members") == ["value \(number)"])
        }
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let arrays: [String: NumberArray] = [
            "layers/dense/vars/0": NumberArray(
                shape: [2, 3], [1.5, -2, 3, 0, .infinity, .leastNonzeroMagnitude] as [Float]),
            "layers/dense/vars/1": NumberArray(shape: [3], [1, .pi, -0.0] as [Double]),
            "layers/µ": NumberArray(shape: [], [7] as [Int]), "empty": NumberArray(shape: [0, 4], [] as [Double]),
            "bytes": NumberArray(shape: [3], [1, 2, 255] as [UInt8]),
            "integers": NumberArray(shape: [1, 2, 1], [Int.min, Int.max] as [Int]),
        ]
        let path = try folder.write([], to: "x.h5")
        try HDF5File.write(arrays, to: path)
        let file = try HDF5File(contentsOf: path)
        #expect(try file.datasets() == arrays.keys.sorted())
        for (name, array) in arrays { #expect(try file.array(at: name) == array, "\(name)") }
        #expect(try file.members(of: "layers/dense/vars") == ["0", "1"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        try HDF5File.write(arrays, to: path)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == bytes)
    }

    @Test func everyTypeThatHDF5HasIsWritten() throws {
        let path = try folder.write([], to: "x.h5")
        for type in NumberType.allCases {
            let array = NumberArray(type: type, shape: [3], bytes: (0..<3 * type.byteCount).map { UInt8($0) })
            switch type {
            case .bool, .bfloat16, .complex64, .complex128, .float8E4M3, .float8E5M2, .float8E4M3FNUZ, .float8E5M2FNUZ,
                .float8E8M0:
                #expect(throws: NumberError.self) { try HDF5File.write(["a": array], to: path) }
            default:
                try HDF5File.write(["a": array], to: path)
                #expect(try HDF5File(contentsOf: path).array(at: "a") == array)
            }
        }
    }

    @Test func manyMembersStandInAGroup() throws {
        let path = try folder.write([], to: "x.h5")
        let arrays = Dictionary(uniqueKeysWithValues: (0..<1000).map { ("g/\($0)", NumberArray(shape: [1], [$0])) })
        try HDF5File.write(arrays, to: path)
        let file = try HDF5File(contentsOf: path)
        #expect(try file.members(of: "g").count == 1000 && file.array(at: "g/999").integers() == [999])
    }

    @Test func aDatasetIsNotLargerThanIsAllowed() throws {
        let file = try Self.golden("earliest")
        for path in ["chunks/all", "chunks/sparse"] {
            let error = #expect(throws: DataError.self) { try file.array(at: path, maximumByteCount: 279) }
            #expect(error?.description.contains("more than 279 bytes") == true)
            #expect(try file.array(at: path, maximumByteCount: 280).count == 35)
        }
    }

    @Test func whatIsNoHDF5FileIsRefused() throws {
        for bytes in [[], [0x89, 0x48, 0x44], [UInt8](repeating: 7, count: 5000)] {
            let path = try folder.write(bytes, to: "x.h5")
            let error = #expect(throws: DataError.self) { try HDF5File(contentsOf: path) }
            #expect(error?.cause == "it is no HDF5 file")
        }
    }

    /// HDF5 allows words of another tool before the file.
    @Test func aFileBehindOtherBytesIsRead() throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: ArrayReference.folder + "/v108.h5")))
        var moved = [UInt8](repeating: 32, count: 512) + bytes
        // The base of all addresses, which h5jam would write.
        moved[512 + 13] = 2
        let file = try HDF5File(contentsOf: folder.write(moved, to: "x.h5"))
        #expect(try file.array(at: "scalar").doubles() == [2.5])
    }

    @Test(arguments: versions)
    func anyDamageIsAnErrorOrArrays(name: String) throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(ArrayReference.folder)/\(name).h5")))
        for step in 0..<200 {
            let path = try folder.write(damaged(bytes, step: step), to: "x.h5")
            do {
                let file = try HDF5File(contentsOf: path)
                for dataset in try file.datasets() { _ = try? file.array(at: dataset, maximumByteCount: 1 << 20) }
                _ = try file.texts(ofAttribute: "words")
            } catch {
                #expect("\(error)".hasPrefix(path))
            }
        }
    }
}
