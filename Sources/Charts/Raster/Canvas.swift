/// An opaque picture of sRGB pixels on which colours are mixed in linear light.
package final class Canvas {
    let width: Int
    let height: Int
    /// `0x00RRGGBB`, row by row from the top.
    private let pixels: UnsafeMutablePointer<UInt32>

    package init(width: Int, height: Int, background: Color) {
        self.width = width
        self.height = height
        pixels = .allocate(capacity: width * height)
        pixels.initialize(repeating: background.packed, count: width * height)
    }

    deinit { pixels.deallocate() }

    /// The pixels, `0x00RRGGBB`, row by row from the top.
    package var buffer: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: pixels, count: width * height) }

    /// Paints all that `coverage` holds in one colour, and empties it.
    func paint(_ coverage: Coverage, _ color: Color) {
        let mixer = Mixer(color)
        coverage.drain { row, column, count, amount in
            mixer.mix(into: pixels + (row &* width &+ column), count, amount)
        }
    }

    /// Paints whole pixels.
    package func fill(left: Int, top: Int, right: Int, bottom: Int, _ color: Color) {
        let (left, right) = (max(0, left), min(width, right))
        guard left < right, top < height, bottom > 0 else { return }
        let mixer = Mixer(color)
        for row in max(0, top)..<max(max(0, top), min(height, bottom)) {
            mixer.mix(into: pixels + (row &* width &+ left), right &- left, 65536)
        }
    }
}

extension Color {
    var packed: UInt32 { UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue) }
}

/// Mixes one colour into pixels: c = d + (s − d)·a in linear light, 16 bits a part.
private struct Mixer {
    private let source: (Int, Int, Int)
    private let packed: UInt32
    private let alpha: Int
    private let linear: UnsafePointer<UInt16>
    private let encoded: UnsafePointer<UInt8>

    init(_ color: Color) {
        linear = Self.linearTable
        encoded = Self.encodedTable
        source = (Int(linear[Int(color.red)]), Int(linear[Int(color.green)]), Int(linear[Int(color.blue)]))
        packed = color.packed
        alpha = Int(color.alpha)
    }

    func mix(into pixels: UnsafeMutablePointer<UInt32>, _ count: Int, _ coverage: Int) {
        let amount = (coverage &* alpha &+ 127) / 255
        if amount >= 65536 {
            pixels.update(repeating: packed, count: count)
            return
        }
        var (last, mixed) = (pixels[0], blend(pixels[0], amount))
        for index in 0..<count {
            let pixel = pixels[index]
            if pixel != last { (last, mixed) = (pixel, blend(pixel, amount)) }
            pixels[index] = mixed
        }
    }

    private func blend(_ pixel: UInt32, _ amount: Int) -> UInt32 {
        func part(_ value: UInt32, _ source: Int) -> UInt32 {
            let under = Int(linear[Int(value & 255)])
            return UInt32(encoded[under &+ ((source &- under) &* amount &+ 32768) >> 16])
        }
        return part(pixel >> 16, source.0) << 16 | part(pixel >> 8, source.1) << 8 | part(pixel, source.2)
    }

    // The tables live as long as the process; plain pointers spare a bounds check at every pixel.
    nonisolated(unsafe) private static let linearTable = table(SRGB.linear)
    nonisolated(unsafe) private static let encodedTable = table(SRGB.encoded)

    private static func table<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
        let copy = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        copy.initialize(from: elements, count: elements.count)
        return UnsafePointer(copy)
    }
}
