import CPNGWriter
import Foundation

/// Writes samples as PNG through libpng.
enum PNGEncoder {
    /// - Parameters:
    ///   - scale: pixels in a point (1/96 inch), for the `pHYs` chunk.
    ///   - texts: keys of 1…79 Latin characters and values, written in the order of the keys.
    /// - Throws: `ChartError` in phase `encoding` with libpng's message.
    static func encode(_ samples: Samples, scale: Double, texts: [String: String]) throws(ChartError) -> [UInt8] {
        let strings = texts.sorted { $0.key < $1.key }.flatMap { [strdup($0.key), strdup($0.value)] }
        defer { strings.forEach { free($0) } }
        let chunks = stride(from: 0, to: strings.count, by: 2).map {
            png_writer_text(key: strings[$0], value: strings[$0 + 1])
        }
        var image = png_writer_image()
        image.width = UInt32(samples.width)
        image.height = UInt32(samples.height)
        image.palette_count = CInt(samples.palette.count / 3)
        image.pixels_per_metre = UInt32(scale * 96 / 0.0254 + 0.5)
        image.text_count = chunks.count
        var result: Result<[UInt8], ChartError> = .success([])
        samples.bytes.withUnsafeBufferPointer { rows in
            samples.palette.withUnsafeBufferPointer { palette in
                chunks.withUnsafeBufferPointer { chunks in
                    image.rows = rows.baseAddress
                    image.palette = palette.baseAddress
                    image.texts = chunks.baseAddress
                    result = write(&image)
                }
            }
        }
        return try result.get()
    }

    private static func write(_ image: inout png_writer_image) -> Result<[UInt8], ChartError> {
        var bytes: UnsafeMutablePointer<UInt8>?
        var count = 0
        var message = [CChar](repeating: 0, count: 256)
        let failed = png_writer_write(&image, &bytes, &count, &message, message.count)
        defer { free(bytes) }
        guard failed == 0, let bytes else {
            let text = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return .failure(
                ChartError(
                    .encoding, "libpng could not write the picture: \(text)",
                    cure: "check the figure's size and the keys of its metadata"))
        }
        return .success(Array(UnsafeBufferPointer(start: bytes, count: count)))
    }
}
