import CFreeType
import Foundation
import Synchronization

/// The fonts that text is set in, with the glyphs already read. One for the whole process, used by one thread at a
/// time.
package final class FontBook: Sendable {
    package enum Weight: Int, Sendable { case regular, bold }

    private let state: Mutex<State>

    private static let opened: Result<FontBook, ChartError> = Result { () throws(ChartError) in try FontBook() }

    /// The book of this process.
    ///
    /// - Throws: `ChartError` where DejaVu Sans is not installed.
    package static func shared() throws(ChartError) -> FontBook { try opened.get() }

    private init() throws(ChartError) {
        let library = Self.openLibrary()
        let faces = [false, true].compactMap { bold in
            library.flatMap { library in
                FontFinder.dejaVuSans(bold: bold).flatMap { FontFace(path: $0.path, index: $0.index, library: library) }
            }
        }
        guard let library, faces.count == 2 else {
            throw ChartError(
                .font, "the fonts DejaVu Sans and DejaVu Sans Bold are not installed",
                cure: "install the package fonts-dejavu-core (Debian) or dejavu-sans-fonts (Fedora)")
        }
        state = Mutex(State(library: library, faces: faces))
    }

    private static func openLibrary() -> FT_Library? {
        var library: FT_Library?
        return FT_Init_FreeType(&library) == 0 ? library : nil
    }

    /// Sets `text` in one line of `size` points.
    package func run(_ text: String, size: Double, weight: Weight = .regular) -> TextRun {
        state.withLock { $0.run(text, size: size, weight: weight) }
    }

    /// The outline of a glyph in units of the em, y upwards from the baseline.
    func outline(face: Int, glyph: UInt32) -> Path { state.withLock { $0.glyph(face, glyph).path } }
}

private struct State: @unchecked Sendable {  // FreeType's objects are used under the book's lock alone
    let library: FT_Library
    /// Regular and bold DejaVu Sans, then fallbacks in the order in which they were needed.
    var faces: [FontFace]
    private var glyphs: [GlyphKey: Glyph] = [:]
    private var chosen: [ScalarKey: GlyphKey?] = [:]
    private var fallbacks: [FontFinder.Location: Int] = [:]

    private struct GlyphKey: Hashable { let face: Int, glyph: UInt32 }
    private struct ScalarKey: Hashable { let scalar: Unicode.Scalar, weight: Int }

    init(library: FT_Library, faces: [FontFace]) {
        self.library = library
        self.faces = faces
    }

    mutating func glyph(_ face: Int, _ index: UInt32) -> Glyph {
        let key = GlyphKey(face: face, glyph: index)
        if let known = glyphs[key] { return known }
        let glyph = faces[face].glyph(index)
        glyphs[key] = glyph
        return glyph
    }

    mutating func run(_ text: String, size: Double, weight: FontBook.Weight) -> TextRun {
        var run = TextRun(text: text, size: size)
        for piece in TextMarkup.pieces(of: text) {
            let (scale, rise): (Double, Double) =
                switch piece.level {
                case .line: (1, 0)
                case .subscripted: (0.72, -0.16)
                case .superscripted: (0.72, 0.36)
                }
            var previous: GlyphKey?
            for scalar in piece.text.precomposedStringWithCanonicalMapping.unicodeScalars {
                let scalar = scalar.properties.generalCategory == .control ? " " : scalar
                guard let key = key(for: scalar, weight: weight) else {
                    run.appendBox(for: scalar)
                    previous = nil
                    continue
                }
                if let previous, previous.face == key.face {
                    run.width += faces[key.face].kerning(previous.glyph, key.glyph) * size * scale
                }
                run.glyphs.append(
                    .init(face: key.face, index: key.glyph, x: run.width, rise: rise * size, size: size * scale))
                run.width += glyph(key.face, key.glyph).advance * size * scale
                previous = key
            }
        }
        return run
    }

    /// The glyph for a character in the wanted weight, in regular, or in an installed fallback; nil if no font has it.
    private mutating func key(for scalar: Unicode.Scalar, weight: FontBook.Weight) -> GlyphKey? {
        let wanted = ScalarKey(scalar: scalar, weight: weight.rawValue)
        if let known = chosen[wanted] { return known }
        var key: GlyphKey?
        for face in [weight.rawValue, FontBook.Weight.regular.rawValue] where key == nil {
            let index = faces[face].index(of: scalar)
            if index != 0 { key = GlyphKey(face: face, glyph: index) }
        }
        if key == nil, let face = fallback(for: scalar) {
            let index = faces[face].index(of: scalar)
            if index != 0 { key = GlyphKey(face: face, glyph: index) }
        }
        chosen[wanted] = .some(key)
        return key
    }

    private mutating func fallback(for scalar: Unicode.Scalar) -> Int? {
        guard let location = FontFinder.fallback(for: scalar) else { return nil }
        if let known = fallbacks[location] { return known }
        guard let face = FontFace(path: location.path, index: location.index, library: library) else { return nil }
        faces.append(face)
        fallbacks[location] = faces.count - 1
        return faces.count - 1
    }
}
