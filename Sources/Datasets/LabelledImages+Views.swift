public import Digest
public import Tensors

extension LabelledImages {
    /// The images one by one, each as its `pixelCount` bytes, row by row: what an image grid shows.
    public struct Images: RandomAccessCollection, Sendable {
        let owner: LabelledImages

        /// 0.
        public var startIndex: Int { 0 }
        /// The number of images.
        public var endIndex: Int { owner.count }

        /// The pixels of the image at `index`, which must be in `startIndex..<endIndex`.
        public subscript(index: Int) -> [UInt8] { Array(owner.pixels[owner.pixelRange(of: index)]) }
    }

    /// The images without their labels, in order.
    public var images: Images { Images(owner: self) }

    /// The pixels of the images at `indices`, in that order.
    ///
    /// - Precondition: every index is in `0..<count`.
    public func images(at indices: some Sequence<Int>) -> [[UInt8]] { indices.map { images[$0] } }

    /// How many images each class has, by class.
    public var classCounts: [Int] {
        labels.reduce(into: Array(repeating: 0, count: classCount)) { counts, label in counts[Int(label)] += 1 }
    }

    /// The first `trainingCount` images, and the rest.
    ///
    /// - Precondition: `trainingCount` is in `0...count`.
    public func split(trainingCount: Int) -> (training: LabelledImages, rest: LabelledImages) {
        precondition(
            (0...count).contains(trainingCount), "\(count) images cannot be split into \(trainingCount) and the rest")
        return (selecting(0..<trainingCount), selecting(trainingCount..<count))
    }

    /// What one start learns from and what it is judged by: images drawn anew for each `seed`, none of them twice.
    ///
    /// - Precondition: there are `trainingCount + testCount` images, and neither number is negative.
    public func drawing(
        trainingCount: Int, testCount: Int, seed: UInt64
    ) -> (training: LabelledImages, test: LabelledImages) {
        precondition(
            trainingCount >= 0 && testCount >= 0 && trainingCount + testCount <= count,
            "\(trainingCount) and \(testCount) images cannot be drawn from \(count)")
        var stream = RandomStream(seed: seed, purpose: .data)
        let order = stream.permutation(of: count)
        return (selecting(order.prefix(trainingCount)), selecting(order[trainingCount..<trainingCount + testCount]))
    }

    /// The same images with other labels, such as a teacher's classes.
    ///
    /// - Precondition: there is a label for each image, each in `0..<classCount`.
    public func relabelled(_ labels: [Int]) -> LabelledImages {
        precondition(
            labels.count == count && labels.allSatisfy { (0..<classCount).contains($0) },
            "\(labels.count) labels for \(count) images of \(classCount) classes")
        return LabelledImages(
            name: name, width: width, height: height, classCount: classCount, pixels: pixels,
            labels: labels.map(UInt8.init))
    }

    /// The images in the order of `stream`'s next permutation.
    public func shuffled(by stream: inout RandomStream) -> LabelledImages {
        selecting(stream.permutation(of: count))
    }

    /// The SHA-256 of the content, whatever its name: count, height, width and class count as big-endian 64-bit
    /// integers, then the pixels, then the labels.
    public var digest: SHA256Digest {
        var hasher = SHA256Hasher()
        for size in [count, height, width, classCount] {
            hasher.update(withUnsafeBytes(of: UInt64(size).bigEndian) { Array($0) })
        }
        hasher.update(pixels)
        hasher.update(labels)
        return hasher.finalize()
    }

    /// Writes the images and the labels as two plain IDX files, each whole or not at all.
    ///
    /// - Precondition: the set is not empty.
    /// - Throws: `IDXError` where a file cannot be written.
    public func writeIDX(images imagePath: String, labels labelPath: String) throws(IDXError) {
        try IDXArray(dimensions: [count, height, width], elements: pixels).write(to: imagePath)
        try IDXArray(dimensions: [count], elements: labels).write(to: labelPath)
    }
}
