/// A figure drawn for one theme: its pixels, and the words that go into its file.
public struct Picture: Sendable {
    let bitmap: Bitmap
    /// Pixels in a point.
    let scale: Double
    let texts: [String: String]

    /// The picture as a complete PNG file.
    ///
    /// - Throws: `ChartError` where libpng refuses.
    public func png() throws(ChartError) -> [UInt8] { try PNGEncoder.encode(bitmap, scale: scale, texts: texts) }

    /// All that the picture consists of, as bytes: its size in pixels and its scale, its words in the order of their
    /// keys, then red, green and blue of each pixel, row by row from the top.
    ///
    /// A PNG file's bytes depend on the version of the library that compressed them; these do not.
    public var content: [UInt8] {
        let words = texts.sorted { $0.key < $1.key }.map { "\($0.key)\0\($0.value)\0" }
        return Array("\(bitmap.width) \(bitmap.height) \(scale)\0\(words.joined())".utf8) + PNGEncoder.rgb(bitmap)
    }
}
