/// Grey images with a class each, stored as bytes: a training loop widens one batch at a time.
public struct LabelledImages: Sendable, Hashable {
    /// What the images are, as a page names them ("synthetic digits", "MNIST").
    public let name: String
    public let width: Int
    public let height: Int
    public let classCount: Int
    /// `count` × (`width` · `height`) bytes, row by row; 0 is background, 255 full ink.
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

    /// The images at `indices`, in that order.
    public func selecting(_ indices: some Sequence<Int>) -> LabelledImages {
        var pixels: [UInt8] = []
        var labels: [UInt8] = []
        for index in indices {
            pixels += self.pixels[index * pixelCount..<(index + 1) * pixelCount]
            labels.append(self.labels[index])
        }
        return LabelledImages(
            name: name, width: width, height: height, classCount: classCount, pixels: pixels, labels: labels)
    }

    /// The first `count` images, or all where there are fewer.
    public func prefix(_ count: Int) -> LabelledImages { selecting(0..<min(count, self.count)) }
}
