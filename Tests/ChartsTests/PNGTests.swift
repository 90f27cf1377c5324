import CPNG
import Charts
import Foundation
import Testing

@Suite struct PNGTests {
    /// The chunks of a PNG file: type and data.
    private func chunks(_ bytes: [UInt8]) -> [(type: String, data: [UInt8])] {
        var chunks: [(String, [UInt8])] = []
        var place = 8
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let type = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            chunks.append((type, Array(bytes[place + 8..<place + 8 + length])))
            place += 12 + length
        }
        return chunks
    }

    @Test func theFileSaysWhatItIsAndNeverWhen() throws {
        let png = try Samples.curves.figure.png(
            theme: .light, metadata: ["Key": "3f2a", "Author's note": "Straße, 温度"])
        let chunks = chunks(png)
        let types = Set(chunks.map(\.type))
        #expect(types.isSuperset(of: ["IHDR", "sRGB", "gAMA", "pHYs", "tEXt", "iTXt", "IDAT", "IEND"]))
        #expect(types.isDisjoint(with: ["tIME", "eXIf"]))
        let texts = chunks.filter { $0.type == "tEXt" || $0.type == "iTXt" }.map {
            String(decoding: $0.data, as: UTF8.self)
        }
        #expect(texts.contains("Title\u{0}Learning curves"))
        #expect(texts.contains("Software\u{0}kdbook"))
        #expect(texts.contains("Key\u{0}3f2a"))
        #expect(texts.contains { $0.hasPrefix("Author's note\u{0}") && $0.hasSuffix("Straße, 温度") })
        #expect(
            texts.contains { $0.hasPrefix("Description\u{0}") && $0.hasSuffix(Samples.curves.figure.alternativeText) })
        // 2 pixels in 1/96 inch.
        #expect(chunks.first { $0.type == "pHYs" }?.data == [0, 0, 0x1D, 0x87, 0, 0, 0x1D, 0x87, 1])
    }

    @Test func theDecodedPixelsAreThoseDrawn() throws {
        for (name, figure) in Samples.all {
            let drawn = try figure.bitmap(theme: .light)
            let decoded = try #require(DecodedPNG(try figure.png(theme: .light)), "\(name)")
            #expect((decoded.width, decoded.height) == (drawn.width, drawn.height))
            // A palette may replace a rare colour by one that differs by at most 12 in each part.
            #expect(decoded.largestDifference(from: drawn) <= 12, "\(name)")
        }
    }

    @Test func fewColoursAreKeptExactly() throws {
        let figure = Samples.digits.figure
        let decoded = try #require(DecodedPNG(try figure.png(theme: .dark)))
        #expect(decoded.largestDifference(from: try figure.bitmap(theme: .dark)) <= 3)
    }

    @Test func typicalChartsAreSmall() throws {
        for name in ["curves", "bars", "scatter", "facets", "differences"] {
            let figure = try #require(Samples.all[name])
            #expect(try figure.png(theme: .light).count < 60_000, "\(name)")
            #expect(try figure.png(theme: .dark).count < 60_000, "\(name)")
        }
    }

    @Test func theSameFigureGivesTheSameBytesOnAnyThread() async throws {
        let figures = Samples.all.sorted { $0.key < $1.key }.map(\.value)
        let alone = try figures.map { try $0.png(theme: .light) }
        #expect(try figures.map { try $0.png(theme: .light) } == alone)
        let together = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for (index, figure) in figures.enumerated() {
                group.addTask { (index, try figure.png(theme: .light)) }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, bytes) in alone.enumerated() { #expect(together[index] == bytes) }
    }

    @Test func whatLibpngRefusesIsAnErrorAndNoAbort() {
        do throws(ChartError) {
            _ = try Samples.bars.figure.png(theme: .light, metadata: [String(repeating: "k", count: 90): "v"])
            Issue.record("a key of 90 letters was written")
        } catch {
            #expect(error.phase == .encoding)
            #expect(error.problem.contains("libpng"))
        }
    }

    @Test func scaleDecidesThePixelsAndNothingElse() throws {
        let figure = Samples.bars.figure
        let single = try figure.bitmap(theme: .light, scale: 1)
        #expect((single.width, single.height) == (700, 450))
        let double = try figure.bitmap(theme: .light, scale: 2)
        #expect((double.width, double.height) == (1400, 900))
        #expect(try figure.bitmap(theme: .light, scale: .nan) == double)
    }
}

/// A PNG file decoded by libpng.
struct DecodedPNG {
    let width, height: Int
    /// Red, green and blue of each pixel.
    let samples: [UInt8]

    init?(_ bytes: [UInt8]) {
        var image = png_image()
        image.version = 1
        var samples: [UInt8] = []
        let isRead = bytes.withUnsafeBytes { file in
            guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0 else { return false }
            image.format = 2  // PNG_FORMAT_RGB
            samples = [UInt8](repeating: 0, count: Int(image.width) * Int(image.height) * 3)
            return png_image_finish_read(&image, nil, &samples, 0, nil) != 0
        }
        guard isRead else { return nil }
        (width, height) = (Int(image.width), Int(image.height))
        self.samples = samples
    }

    /// The largest difference of any part of any pixel.
    func largestDifference(from bitmap: Bitmap) -> Int {
        bitmap.pixels.indices.lazy.map { index in
            let pixel = bitmap.pixels[index]
            return (0..<3).map { part in
                abs(Int(samples[index * 3 + part]) - Int(pixel >> (16 - 8 * UInt32(part)) & 255))
            }.max() ?? 0
        }.max() ?? 0
    }
}
