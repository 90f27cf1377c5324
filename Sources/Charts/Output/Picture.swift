/// A figure drawn for one theme: its pixels as a file holds them, and the words that go into it.
public struct Picture: Sendable {
    let samples: Samples
    /// Pixels in a point.
    let scale: Double
    let texts: [String: String]

    /// The picture as a complete PNG file.
    ///
    /// - Throws: `ChartError` where libpng refuses.
    public func png() throws(ChartError) -> [UInt8] { try PNGEncoder.encode(samples, scale: scale, texts: texts) }

    /// All that the picture consists of, as bytes: its size in pixels and its scale, its words in the order of their
    /// keys, then red, green and blue of each pixel, row by row from the top.
    ///
    /// A PNG file's bytes depend on the version of the library that compressed them; these do not, and whoever has the file
    /// can derive them from it.
    public var content: [UInt8] {
        let words = texts.sorted { $0.key < $1.key }.map { "\($0.key)\0\($0.value)\0" }
        return Array("\(samples.width) \(samples.height) \(scale)\0\(words.joined())".utf8) + samples.rgb
    }
}

/// The pixels of a picture as a PNG file holds them: indices into a palette where 256 colours are enough, else the bitmap's.
struct Samples: Sendable {
    let width, height: Int
    /// The colours, each of three bytes; none where ``bytes`` are the pixels themselves.
    let palette: [UInt8]
    /// An index a pixel, or red, green and blue.
    let bytes: [UInt8]

    init(_ bitmap: Bitmap) {
        (width, height) = (bitmap.width, bitmap.height)
        if let indexed = Palette(bitmap) {
            palette = Samples.rgb(indexed.colors)
            bytes = indexed.indices
        } else {
            palette = []
            bytes = Samples.rgb(bitmap.pixels)
        }
    }

    /// Red, green and blue of each pixel, row by row from the top.
    var rgb: [UInt8] {
        guard !palette.isEmpty else { return bytes }
        return [UInt8](unsafeUninitializedCapacity: bytes.count * 3) { pixels, count in
            palette.withUnsafeBufferPointer { palette in
                for place in bytes.indices {
                    let color = Int(bytes[place]) &* 3
                    for part in 0..<3 { pixels[place &* 3 &+ part] = palette[color &+ part] }
                }
            }
            count = bytes.count * 3
        }
    }

    private static func rgb(_ pixels: [UInt32]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: pixels.count * 3) { bytes, count in
            for index in pixels.indices {
                bytes[index &* 3] = UInt8(truncatingIfNeeded: pixels[index] >> 16)
                bytes[index &* 3 &+ 1] = UInt8(truncatingIfNeeded: pixels[index] >> 8)
                bytes[index &* 3 &+ 2] = UInt8(truncatingIfNeeded: pixels[index])
            }
            count = pixels.count * 3
        }
    }
}
