import CPNGReader
public import Digest
public import Foundation

/// A picture of a figure as a cell's process sends it, or a bundle brings it, read anew: what it says of itself is not believed.
public struct PictureFile {
    /// The SHA-256 of what the picture shows, as `Charts` defines it: its size in pixels and its scale, its words in the order
    /// of their keys, then red, green and blue of each pixel.
    public let digest: SHA256Digest

    /// The most pixels that a figure has.
    private static let mostPixels: UInt64 = 1 << 26
    /// The scale of every picture on a page, in pixels a point.
    private static let scale = 2.0

    /// Reads a PNG file; `nil` where it is none, or none that a figure is drawn as.
    public init?(_ bytes: Data) {
        var image = png_reader_image()
        let failed = bytes.withUnsafeBytes { bytes in
            png_reader_read(
                bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, PictureFile.mostPixels, &image)
        }
        guard failed == 0 else { return nil }
        defer { png_reader_free(&image) }
        guard image.pixels_per_metre == UInt32(PictureFile.scale * 96 / 0.0254 + 0.5) else { return nil }
        let words = UnsafeBufferPointer(start: image.texts, count: image.text_count)
            .map { (key: String(cString: $0.key), value: String(cString: $0.value)) }
            .sorted { $0.key < $1.key }
            .map { "\($0.key)\0\($0.value)\0" }
        var hasher = SHA256Hasher()
        hasher.update("\(image.width) \(image.height) \(PictureFile.scale)\0\(words.joined())".utf8)
        hasher.update(UnsafeBufferPointer(start: image.pixels, count: Int(image.width) * Int(image.height) * 3))
        digest = hasher.finalize()
    }
}
