import Datasets
import Foundation
import Tensors
import TestSupport
import Testing

/// Two images of 3×2 pixels, as IDX bytes.
private let twoImages: [UInt8] =
    [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3] + [1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252]

@Suite struct IDXFiles {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// The error of reading `bytes` as an IDX file of three dimensions.
    private func error(
        reading bytes: [UInt8], maximumCount: Int = 1000, name: String = "x"
    ) throws -> IDXError {
        let path = try folder.write(bytes, to: name)
        return try #require(throws: IDXError.self) {
            try IDXArray(contentsOf: path, dimensionCount: 3, maximumCount: maximumCount)
        }
    }

    @Test func aPlainFileIsReadWhole() throws {
        let array = try IDXArray(contentsOf: folder.write(twoImages, to: "x"), dimensionCount: 3)
        #expect(array.dimensions == [2, 2, 3])
        #expect(array.elements == [1, 2, 3, 4, 5, 6, 7, 8, 9, 250, 251, 252])
    }

    /// The figure is what `sha256sum` prints for these 28 bytes.
    @Test func theDigestIsThatOfTheUncompressedFile() throws {
        let array = try IDXArray(contentsOf: folder.write(gzip(twoImages), to: "x"), dimensionCount: 3)
        #expect(
            array.digest.description == "7dadc81e70cb712b9c1748337b39056d355e837beecd0d7b902ebfa14c98de35"
        )
    }

    @Test func itsContentNotItsNameSaysWhetherAFileIsGzip() throws {
        let plain = try IDXArray(contentsOf: folder.write(twoImages, to: "x.gz"), dimensionCount: 3)
        let compressed = try IDXArray(
            contentsOf: folder.write(gzip(twoImages), to: "x"), dimensionCount: 3)
        #expect(plain == compressed)
    }

    @Test func theMembersOfAGzipFileAreReadAsOne() throws {
        let members = gzip(Array(twoImages[..<7])) + gzip([]) + gzip(Array(twoImages[7...]))
        let array = try IDXArray(contentsOf: folder.write(members, to: "x"), dimensionCount: 3)
        #expect(array.elements == Array(twoImages[16...]))
    }

    @Test(arguments: [1, 65_519, 65_520, 65_521, 200_000])
    func whatIsWrittenIsReadBackAtAnyLength(count: Int) throws {
        let array = IDXArray(
            dimensions: [count], elements: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let path = folder.path + "/x"
        try array.write(to: path)
        #expect(try IDXArray(contentsOf: path, dimensionCount: 1) == array)
        let encoded = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(
            try IDXArray(contentsOf: folder.write(gzip(encoded), to: "y"), dimensionCount: 1) == array)
        #expect(folder.fileNames == ["x", "y"])
    }

    @Test(arguments: [1, 511, 200_000])
    func zerosBehindTheLastMemberAreNoContent(count: Int) throws {
        let padded = gzip(twoImages) + [UInt8](repeating: 0, count: count)
        let array = try IDXArray(contentsOf: folder.write(padded, to: "x"), dimensionCount: 3)
        #expect(array.elements == Array(twoImages[16...]))
        let members = gzip(Array(twoImages[..<7])) + [0, 0] + gzip(Array(twoImages[7...]))
        #expect(try IDXArray(contentsOf: folder.write(members, to: "y"), dimensionCount: 3) == array)
    }

    @Test func everyTruncationIsFound() throws {
        for count in 2..<twoImages.count {
            let error = try error(reading: Array(twoImages[..<count]))
            #expect(error.offset == count)
            guard case .truncated(byteCount: count, _) = error.cause else {
                Issue.record("\(count) bytes: \(error)")
                continue
            }
        }
        #expect(
            try error(reading: Array(twoImages[..<20])).cause == .truncated(byteCount: 20, wanted: 28))
        #expect(try error(reading: []).cause == .truncated(byteCount: 0, wanted: 4))
    }

    @Test func everyTruncationOfAGzipFileIsFound() throws {
        let compressed = gzip(twoImages)
        for count in 2..<compressed.count {
            let cause = try error(reading: Array(compressed[..<count])).cause
            guard case .damagedGzip = cause else {
                Issue.record("\(count) bytes: \(cause)")
                continue
            }
        }
    }

    @Test func aWrongChecksumIsFound() throws {
        var compressed = gzip(twoImages)
        compressed[compressed.count - 6] ^= 1
        let error = try error(reading: compressed)
        #expect(error.cause == .damagedGzip(reason: "incorrect data check"))
    }

    @Test func bytesAfterTheLastElementAreFound() throws {
        #expect(try error(reading: twoImages + [0]).cause == .trailingBytes(wanted: 28))
        #expect(try error(reading: gzip(twoImages + [0])).cause == .trailingBytes(wanted: 28))
        #expect(try error(reading: gzip(twoImages) + gzip([0])).cause == .trailingBytes(wanted: 28))
        guard case .damagedGzip = try error(reading: gzip(twoImages) + [0, 7, 0]).cause else {
            Issue.record("bytes after the last gzip member were not found")
            return
        }
    }

    @Test func theMagicNumberIsChecked() throws {
        func withByte(_ index: Int, _ value: UInt8) -> [UInt8] {
            var bytes = twoImages
            bytes[index] = value
            return bytes
        }
        #expect(try error(reading: Array("P5".utf8)).cause == .notIDX(firstBytes: [0x50, 0x35]))
        #expect(try error(reading: withByte(0, 1)).cause == .notIDX(firstBytes: [1, 0]))
        #expect(try error(reading: withByte(1, 1)).cause == .notIDX(firstBytes: [0, 1]))
        #expect(try error(reading: withByte(2, 0x0D)).cause == .elementType(0x0D))
        #expect(try error(reading: withByte(3, 1)).cause == .dimensionCount(1, wanted: 3))
        #expect(try error(reading: withByte(3, 0)).cause == .dimensionCount(0, wanted: 3))
        #expect(try error(reading: withByte(11, 0)).cause == .emptyDimension(index: 1))
    }

    @Test func aHeaderCannotClaimMoreThanIsAllowed() throws {
        let overflowing = [UInt8]([0, 0, 8, 3]) + [UInt8](repeating: 0xFF, count: 12)
        #expect(
            try error(reading: overflowing, maximumCount: .max).cause
                == .tooLarge(dimensions: [4_294_967_295, 4_294_967_295, 4_294_967_295], maximumCount: .max))
        #expect(
            try error(reading: twoImages, maximumCount: 11).cause
                == .tooLarge(dimensions: [2, 2, 3], maximumCount: 11))
    }

    @Test func aFileThatExpandsBeyondItsHeaderIsNotExpanded() throws {
        let bomb = gzip(twoImages + [UInt8](repeating: 0, count: 1 << 24))
        #expect(try error(reading: bomb).cause == .trailingBytes(wanted: 28))
    }

    /// Flipped bits and missing ends, plain and gzip: what is not an error is as long as its header says.
    @Test func anyDamageIsAnErrorOrAnArray() throws {
        for step in 0..<400 {
            var stream = RandomStream(seed: 7, purpose: .data, step: step)
            var bytes = step % 2 == 0 ? twoImages : gzip(twoImages)
            for _ in 0...stream.integer(below: 3) {
                bytes[stream.integer(below: bytes.count)] ^= 1 << UInt8(stream.integer(below: 8))
            }
            if stream.integer(below: 4) == 0 { bytes.removeLast(stream.integer(below: bytes.count)) }
            let path = try folder.write(bytes, to: "x")
            do {
                let array = try IDXArray(contentsOf: path, dimensionCount: 3, maximumCount: 1000)
                #expect(array.elements.count == array.dimensions.reduce(1, *))
            } catch {
                #expect("\(error)".hasPrefix("\(path): error: "))
            }
        }
    }

    @Test func aPathThatLeadsToNoFileIsAnError() throws {
        let absent = try #require(throws: IDXError.self) {
            try IDXArray(contentsOf: "no/such/file", dimensionCount: 3)
        }
        #expect(absent.cause == .unreadable(reason: "No such file or directory"))
        let isFolder = try #require(throws: IDXError.self) {
            try IDXArray(contentsOf: folder.path, dimensionCount: 3)
        }
        #expect(isFolder.cause == .notAFile)
        let pipe = folder.path + "/pipe"
        #expect(mkfifo(pipe, 0o600) == 0)
        #expect(throws: IDXError.self) { try IDXArray(contentsOf: pipe, dimensionCount: 3) }
    }

    @Test func aFileThatCannotBeWrittenLeavesNothingBehind() throws {
        let array = IDXArray(dimensions: [1], elements: [7])
        #expect(throws: IDXError.self) { try array.write(to: folder.path + "/none/x") }
        try FileManager.default.createDirectory(
            atPath: folder.path + "/taken/x", withIntermediateDirectories: true)
        #expect(throws: IDXError.self) { try array.write(to: folder.path + "/taken") }
        #expect(folder.fileNames == ["taken"])
    }

    @Test func anErrorIsOneLineThatStartsWithTheFilesName() throws {
        let error = try error(reading: Array(twoImages[..<20]), name: "a\nb")
        #expect(
            error.description
                == "\(folder.path)/a␤b: error: at byte 20: the content ends after 20 of 28 bytes; fetch the file again"
        )
    }
}
