import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct MNISTFolders {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func writeImages(
        count: UInt8, side: UInt8 = 28, to name: String = "t10k-images-idx3-ubyte"
    ) throws {
        let header: [UInt8] = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side]
        let pixels = (0..<Int(count) * Int(side) * Int(side)).map { UInt8(truncatingIfNeeded: $0) }
        let bytes = header + pixels
        _ = try folder.write(name.hasSuffix(".gz") ? gzip(bytes) : bytes, to: name)
    }

    private func writeLabels(_ labels: [UInt8], to name: String = "t10k-labels-idx1-ubyte") throws {
        let bytes = [0, 0, 8, 1, 0, 0, 0, UInt8(labels.count)] + labels
        _ = try folder.write(name.hasSuffix(".gz") ? gzip(bytes) : bytes, to: name)
    }

    private func loadError() throws -> IDXError {
        try #require(throws: IDXError.self) { try MNIST.load(from: folder.path, part: .test) }
    }

    @Test func imagesAndLabelsAreReadTogether() throws {
        try writeImages(count: 3)
        try writeLabels([9, 0, 4])
        let images = try MNIST.load(from: folder.path, part: .test)
        #expect(images.name == "MNIST")
        #expect((images.count, images.width, images.height, images.classCount) == (3, 28, 28, 10))
        #expect(images.labels == [9, 0, 4])
        #expect(images.images[1].first == UInt8(784 % 256))
    }

    @Test func plainAndGzipGiveTheSameImagesAndDigests() throws {
        try writeImages(count: 2, to: "t10k-images-idx3-ubyte.gz")
        try writeLabels([1, 2], to: "t10k-labels-idx1-ubyte.gz")
        let compressed = try MNIST.loadWithSources(from: folder.path, part: .test)
        try writeImages(count: 2)
        try writeLabels([1, 2])
        let plain = try MNIST.loadWithSources(from: folder.path, part: .test)
        #expect(plain.images == compressed.images)
        #expect(plain.sources.map(\.digest) == compressed.sources.map(\.digest))
        #expect(plain.sources.map(\.path) == compressed.sources.map { String($0.path.dropLast(3)) })
        #expect(plain.sources.allSatisfy { !$0.isAsPublished })
    }

    @Test func namesWithADotAreFound() throws {
        try writeImages(count: 2, to: "t10k-images.idx3-ubyte")
        try writeLabels([1, 2], to: "t10k-labels.idx1-ubyte.gz")
        #expect(try MNIST.load(from: folder.path, part: .test).labels == [1, 2])
    }

    @Test func aMissingFileIsNamedWithItsTwins() throws {
        let error = try loadError()
        #expect(
            error.description
                == "\(folder.path)/t10k-images-idx3-ubyte: error: is not there, nor are t10k-images-idx3-ubyte.gz, "
                + "t10k-images.idx3-ubyte, t10k-images.idx3-ubyte.gz; put one of them there")
    }

    @Test func labelsMustBeAsManyAsImages() throws {
        try writeImages(count: 3)
        try writeLabels([1, 2])
        let error = try loadError()
        #expect(error.file.hasSuffix("/t10k-labels-idx1-ubyte"))
        #expect(
            error.cause
                == .labelCount(2, imageCount: 3, imageFile: folder.path + "/t10k-images-idx3-ubyte"))
    }

    @Test func aLabelMustNameAClass() throws {
        try writeImages(count: 3)
        try writeLabels([1, 10, 2])
        let error = try loadError()
        #expect(error.cause == .label(10, classCount: 10))
        #expect(error.offset == 9)
    }

    @Test func imagesMustHaveTheSizeOfMNISTs() throws {
        try writeImages(count: 1, side: 20)
        try writeLabels([1])
        #expect(
            try loadError().cause == .imageSize(width: 20, height: 20, wantedWidth: 28, wantedHeight: 28))
    }

    @Test func interchangedFilesAreFound() throws {
        try writeImages(count: 1, to: "t10k-labels-idx1-ubyte")
        try writeLabels([1], to: "t10k-images-idx3-ubyte")
        #expect(try loadError().cause == .dimensionCount(1, wanted: 3))
    }
}
