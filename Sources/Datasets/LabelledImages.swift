/// Grey images with a class each, stored as bytes: a training loop widens one batch at a time.
public struct LabelledImages: Sendable, Hashable {
    /// What the images are, as a page names them ("synthetic digits", "MNIST").
    public let name: String
    /// Pixels in a row.
    public let width: Int
    /// Rows in an image.
    public let height: Int
    /// How many classes there are; a class without images counts too.
    public let classCount: Int
    /// `count` × (`height` · `width`) bytes, image by image and row by row from the top; 0 is background, 255 full ink.
    public let pixels: [UInt8]
    /// One class in `0..<classCount` for each image.
    public let labels: [UInt8]

    /// - Precondition: `pixels.count == labels.count * width * height` and every label is below `classCount`.
    public init(name: String, width: Int, height: Int, classCount: Int, pixels: [UInt8], labels: [UInt8]) {
        precondition(
            pixels.count == labels.count * width * height,
            "\(pixels.count) pixels cannot be \(labels.count) images of \(width)×\(height)")
        precondition(labels.allSatisfy { $0 < classCount }, "a label is not below classCount \(classCount)")
        self.name = name
        self.width = width
        self.height = height
        self.classCount = classCount
        self.pixels = pixels
        self.labels = labels
    }

    /// How many images there are.
    public var count: Int { labels.count }

    /// How many pixels one image has.
    public var pixelCount: Int { width * height }

    /// The images at `indices`, in that order, with their labels.
    ///
    /// - Precondition: every index is in `0..<count`.
    public func selecting(_ indices: some Sequence<Int>) -> LabelledImages {
        var pixels: [UInt8] = []
        var labels: [UInt8] = []
        pixels.reserveCapacity(indices.underestimatedCount * pixelCount)
        labels.reserveCapacity(indices.underestimatedCount)
        for index in indices {
            pixels += self.pixels[pixelRange(of: index)]
            labels.append(self.labels[index])
        }
        return LabelledImages(
            name: name, width: width, height: height, classCount: classCount, pixels: pixels, labels: labels)
    }

    /// The first `count` images, or all where there are fewer.
    ///
    /// - Precondition: `count` is not negative.
    public func prefix(_ count: Int) -> LabelledImages { selecting(0..<min(count, self.count)) }

    func pixelRange(of index: Int) -> Range<Int> {
        precondition((0..<count).contains(index), "there is no image \(index) among \(count)")
        return index * pixelCount..<(index + 1) * pixelCount
    }
}
