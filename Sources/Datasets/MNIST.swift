import DataFiles
public import Digest

/// The MNIST database of handwritten digits (LeCun, Cortes, Burges): 60,000 training and 10,000 test images of
/// 28×28 pixels in 10 classes, or any data set published in the same four files.
public enum MNIST {
    /// Which of the two halves.
    public enum Part: String, Sendable, CaseIterable {
        case training = "train"
        case test = "t10k"

        /// The same as `training`.
        public static var train: Part { .training }

        /// The plain file of the images; its gzip twin ends in `.gz`.
        public var imageFileName: String { "\(rawValue)-images-idx3-ubyte" }
        /// The plain file of the labels; its gzip twin ends in `.gz`.
        public var labelFileName: String { "\(rawValue)-labels-idx1-ubyte" }
    }

    /// A file that was read, so that a record can list its inputs.
    public struct Source: Sendable, Hashable {
        /// The path, in terms of the folder given.
        public let path: String
        /// The SHA-256 of the uncompressed content: the same for the plain file and its gzip twin.
        public let digest: SHA256Digest
        /// Whether the content is that of MNIST's own file of this name, as published.
        public let isAsPublished: Bool
    }

    /// One half of the database and the files it came from, images first.
    public struct Loaded: Sendable, Hashable {
        /// The images with their labels.
        public let images: LabelledImages
        /// The file of the images, then that of the labels.
        public let sources: [Source]
    }

    /// The images and labels of `part` in `folder`.
    ///
    /// - Throws: `IDXError`, as `loadWithSources(from:part:)` does.
    public static func load(from folder: String, part: Part) throws(IDXError) -> LabelledImages {
        try loadWithSources(from: folder, part: part).images
    }

    /// The images and labels of `part` in `folder`, each from its plain file or, where that is absent, from the
    /// `.gz` beside it, or from the file with a dot for the dash (`train-images.idx3-ubyte`); with the digests of what was read.
    ///
    /// - Throws: `IDXError` where a file is missing or not as its header says, the images are not 28×28, a label is
    ///   not below 10, or there are not as many labels as images.
    public static func loadWithSources(from folder: String, part: Part) throws(IDXError) -> Loaded {
        let imagePath = try path(of: part.imageFileName, in: folder)
        let labelPath = try path(of: part.labelFileName, in: folder)
        let images = try IDXArray(contentsOf: imagePath, dimensionCount: 3, maximumCount: 1 << 26)
        let labels = try IDXArray(contentsOf: labelPath, dimensionCount: 1, maximumCount: 1 << 20)
        try check(images, imagePath, against: labels, labelPath)
        let digests = [images.digest, labels.digest]
        let sources = zip([imagePath, labelPath], zip(digests, publishedDigests(of: part))).map {
            Source(path: $0, digest: $1.0, isAsPublished: $1.0.description == $1.1)
        }
        let set = LabelledImages(
            name: "MNIST", width: side, height: side, classCount: classCount,
            pixels: images.elements, labels: labels.elements)
        return Loaded(images: set, sources: sources)
    }

    private static let side = 28
    private static let classCount = 10

    private static func path(of name: String, in folder: String) throws(IDXError) -> String {
        let start = folder.isEmpty || folder.hasSuffix("/") ? folder : "\(folder)/"
        // Copies of the set have a dot where the published files have a dash before the kind.
        let dotted = name.replacing("-idx", with: ".idx")
        let names = [name, name + ".gz", dotted, dotted + ".gz"]
        guard let found = names.first(where: { StoredFile.exists(start + $0) }) else {
            throw IDXError(start + name, .missing(otherNames: Array(names.dropFirst())))
        }
        return start + found
    }

    private static func check(
        _ images: IDXArray, _ imagePath: String, against labels: IDXArray, _ labelPath: String
    ) throws(IDXError) {
        let (count, height, width) = (images.dimensions[0], images.dimensions[1], images.dimensions[2])
        guard height == side, width == side else {
            throw IDXError(
                imagePath, at: 8, .imageSize(width: width, height: height, wantedWidth: side, wantedHeight: side))
        }
        guard labels.elements.count == count else {
            throw IDXError(
                labelPath, at: 4, .labelCount(labels.elements.count, imageCount: count, imageFile: imagePath))
        }
        if let index = labels.elements.firstIndex(where: { $0 >= classCount }) {
            let label = labels.elements[index]
            throw IDXError(labelPath, at: labels.offset(ofElement: index), .label(label, classCount: classCount))
        }
    }

    /// The SHA-256 of the published files, uncompressed: images, then labels.
    private static func publishedDigests(of part: Part) -> [String] {
        let names = [part.imageFileName, part.labelFileName]
        return PublishedData.mnist.files.filter { names.contains($0.name) }.map(\.sha256)
    }
}
