import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct NumPyFiles {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private static func golden(_ name: String) throws -> NPZFile {
        try NPZFile(contentsOf: "\(ArrayReference.folder)/\(name)")
    }

    @Test(arguments: ["plain.npz", "compressed.npz"])
    func everyPlainTypeAndOrderIsReadAsNumPyReadsIt(name: String) throws {
        let references = try #require(ArrayReference.all["npz"])
        let file = try Self.golden(name)
        #expect(Set(file.names).isSuperset(of: references.keys) && references.count > 30)
        for (name, reference) in references {
            #expect(try reference.isKept(by: file.array(named: name)), "\(name)")
        }
    }

    @Test func compressedNumbersAreReadWholeOrNotAtAll() throws {
        let file = try Self.golden("compressed.npz")
        #expect(try file.array(named: "many").integers() == Array(0..<2000))
        let error = #expect(throws: DataError.self) { try file.array(named: "many", maximumByteCount: 8000) }
        #expect(error?.cause == "the file `many.npy` has 8128 bytes, more than the 8000 allowed")
    }

    @Test func eachVersionOfTheFormatIsRead() throws {
        let file = try Self.golden("versions.npz")
        let cube = try Self.golden("plain.npz").array(named: "cube")
        for version in ["1", "2", "3"] { #expect(try file.array(named: version) == cube) }
    }

    @Test(arguments: [
        ("objects", "its numbers are of type `|O`; objects are never read, as reading them could run code"),
        ("records", "it is an array of records; save each of their fields"),
        ("text", "its numbers are of type `<U2`; save text as CSV"), ("times", "save times as numbers"),
        ("long", "its numbers are of type `<f16`; save it as float64"),
    ])
    func whatIsNoPlainNumberIsRefusedWithACure(name: String, words: String) throws {
        let file = try Self.golden("versions.npz")
        let error = #expect(throws: DataError.self) { try file.array(named: name) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        #expect(error?.description.contains("versions.npz/\(name).npy: error: at byte ") == true)
    }

    @Test func complexNumbersAreKeptAndGivenAsNoOthers() throws {
        let array = try Self.golden("versions.npz").array(named: "complex")
        #expect(array.type == .complex128 && array.shape == [1])
        #expect(throws: NumberError.self) { try array.floats() }
        #expect(throws: NumberError.self) { try array.integers() }
    }

    @Test func whatIsWrittenIsReadBackAndIsWhatNumPyWrites() throws {
        let plain = try Self.golden("plain.npz")
        for name in plain.names {
            let array = try plain.array(named: name)
            try array.writeNPY(to: folder.path + "/x.npy")
            #expect(try NumberArray(contentsOfNPY: folder.path + "/x.npy") == array)
        }
        // NumPy's own file, where its order is ours: the header, then the numbers.
        let stored = try #require(FileManager.default.contents(atPath: ArrayReference.folder + "/plain.npz"))
        for name in ["<f4", "cube", "scalar", "nothing", "one", "bool"] {
            let bytes = try plain.array(named: name).npy()
            #expect(stored.range(of: Data(bytes)) != nil, "\(name)")
        }
    }

    @Test func arraysByNameAreReadBack() throws {
        let matrix = Matrix(rows: [[1, 2.5], [-3, 0]])
        let path = folder.path + "/x.npz"
        try NPZFile.write(["weights": NumberArray(matrix), "ünits": NumberArray(shape: [2], [7, -1])], to: path)
        let file = try NPZFile(contentsOf: path)
        #expect(file.names == ["weights", "ünits"])
        #expect(try file.array(named: "weights").matrix() == matrix)
        #expect(try file.array(named: "ünits").integers() == [7, -1])
        let error = #expect(throws: DataError.self) { try file.array(named: "bias") }
        #expect(error?.description == "\(path): error: there is no array `bias`; take one of weights, ünits")
    }

    @Test func numbersThatDoNotFitAreNotRounded() throws {
        #expect(throws: NumberError.self) { try NumberArray(shape: [1], [1e300]).floats() }
        #expect(throws: NumberError.self) { try NumberArray(shape: [1], [1.5]).integers() }
        #expect(throws: NumberError.self) { try NumberArray(shape: [3], [1, 2, 3]).matrix() }
        #expect(
            try NumberArray(shape: [2, 2, 2], [UInt8](0..<8)).matrix() == Matrix(rows: [[0, 1, 2, 3], [4, 5, 6, 7]]))
    }

    @Test(arguments: [
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", "the content ends after"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "the content goes on after its 4 bytes"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,4), }", "no file can hold the shape"),
        ("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", "gives `descr` twice"),
        ("{'descr': '<f4', 'fortran_order': 1, 'shape': (2,), }", "neither True nor False"),
        ("{'descr': '<f4', 'shape': (2,), }", "gives no `fortran_order`"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }", "no shape"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': 2, }", "no `(`"),
        ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", "unknown `x`"),
        ("{'descr': '<f4", "does not end"), ("[]", "no `{`"), ("", "no `{`"),
        ("{'descr': '|V2', 'fortran_order': False, 'shape': (2,), }", "a.astype('float32')"),
    ])
    func aHeaderThatLiesIsRefused(header: String, words: String) throws {
        let count = UInt8(header.utf8.count)
        let bytes = [0x93] + Array("NUMPY".utf8) + [1, 0, count, 0] + header.utf8 + [UInt8](repeating: 0, count: 8)
        let path = try folder.write(bytes, to: "x.npy")
        let error = #expect(throws: DataError.self) { try NumberArray(contentsOfNPY: path) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func aHeaderOfPython2AndOneWithoutSpacesAreRead() throws {
        for header in [
            "{'descr':'<i2','fortran_order':False,'shape':(2L,)}",
            "{\"shape\": (2, ), \"descr\": \"<i2\", \"fortran_order\": True}",
        ] {
            let bytes =
                [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + header.utf8 + [1, 0, 255, 255]
            let path = try folder.write(bytes, to: "x.npy")
            #expect(try NumberArray(contentsOfNPY: path).integers() == [1, -1])
        }
    }

    @Test(arguments: ["plain.npz", "compressed.npz"])
    func anyDamageIsAnErrorOrArrays(name: String) throws {
        let bytes = try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(ArrayReference.folder)/\(name)")))
        var refused = 0
        for step in 0..<300 {
            let path = try folder.write(damaged(bytes, step: step), to: "x.npz")
            do {
                let file = try NPZFile(contentsOf: path)
                for name in file.names { _ = try file.array(named: name, maximumByteCount: 1 << 20) }
            } catch {
                refused += 1
                #expect("\(error)".hasPrefix(path))
            }
        }
        #expect(refused > 100)
    }
}

@Suite struct IDXFilesOfAnyType {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test(
        arguments: [
            (0x08, [200, 1], NumberType.uint8, [200.0, 1]), (0x09, [255, 1], .int8, [-1, 1]),
            (0x0B, [255, 254, 1, 2], .int16, [-2, 258]), (0x0C, [255, 255, 255, 254, 0, 0, 1, 0], .int32, [-2, 256]),
            (0x0D, [0xC0, 0x20, 0, 0, 0x3F, 0x80, 0, 0], .float32, [-2.5, 1]),
            (0x0E, [0xC0, 4, 0, 0, 0, 0, 0, 0, 0x3F, 0xF0, 0, 0, 0, 0, 0, 0], .float64, [-2.5, 1]),
        ] as [(UInt8, [UInt8], NumberType, [Double])])
    func numbersOfEachTypeAreRead(code: UInt8, stored: [UInt8], type: NumberType, numbers: [Double]) throws {
        let bytes = [0, 0, code, 2, 0, 0, 0, 1, 0, 0, 0, 2] + stored
        let plain = try NumberArray(contentsOfIDX: folder.write(bytes, to: "x"))
        #expect(try plain.type == type && plain.shape == [1, 2] && plain.doubles() == numbers)
        #expect(try NumberArray(contentsOfIDX: folder.write(gzip(bytes) + [0, 0, 0], to: "y.gz")) == plain)
        let cut = try folder.write(Array(bytes.dropLast()), to: "z")
        #expect(throws: IDXError.self) { try NumberArray(contentsOfIDX: cut) }
    }

    @Test func aTypeThatTheFormatDoesNotHaveIsNamed() throws {
        let path = try folder.write([0, 0, 0x0A, 1, 0, 0, 0, 1, 0], to: "x")
        let error = #expect(throws: IDXError.self) { try NumberArray(contentsOfIDX: path) }
        #expect(error?.cause == .unknownType(0x0A))
    }
}
