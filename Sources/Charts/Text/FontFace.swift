import CFreeType

/// A font file opened by FreeType, giving outlines and metrics unhinted in units of the em.
struct FontFace {
    private let face: FT_Face
    private let unitsPerEm: Double
    let name: String

    /// Opens the font at `path`, or gives nil if FreeType cannot read an outline font there.
    init?(path: String, index: Int, library: FT_Library) {
        var opened: FT_Face?
        guard FT_New_Face(library, path, FT_Long(index), &opened) == 0, let opened else { return nil }
        face = opened
        unitsPerEm = Double(opened.pointee.units_per_EM)
        name = opened.pointee.family_name.map { String(cString: $0) } ?? path
        guard unitsPerEm > 0, FT_Select_Charmap(opened, FT_ENCODING_UNICODE) == 0 else { return nil }
    }

    /// The glyph of a character, or 0.
    func index(of scalar: Unicode.Scalar) -> UInt32 { UInt32(FT_Get_Char_Index(face, FT_ULong(scalar.value))) }

    /// How much farther (or nearer, if negative) the second glyph is set after the first.
    func kerning(_ first: UInt32, _ second: UInt32) -> Double {
        var vector = FT_Vector()
        guard FT_Get_Kerning(face, first, second, FT_UInt(FT_KERNING_UNSCALED.rawValue), &vector) == 0 else { return 0 }
        return Double(vector.x) / unitsPerEm
    }

    /// The outline of a glyph, y upwards from the baseline, and its advance.
    func glyph(_ index: UInt32) -> Glyph {
        let flags = FT_Int32(FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP)
        guard FT_Load_Glyph(face, index, flags) == 0, let slot = face.pointee.glyph else { return Glyph() }
        var collector = OutlineCollector(scale: 1 / unitsPerEm)
        if slot.pointee.format == FT_GLYPH_FORMAT_OUTLINE {
            var callbacks = OutlineCollector.callbacks
            withUnsafeMutablePointer(to: &collector) {
                _ = FT_Outline_Decompose(&slot.pointee.outline, &callbacks, $0)
            }
        }
        return Glyph(path: collector.path, advance: Double(slot.pointee.metrics.horiAdvance) / unitsPerEm)
    }
}

/// A glyph in units of the em.
struct Glyph {
    var path = Path()
    var advance = 0.0
}

/// Receives FreeType's walk along an outline.
private struct OutlineCollector {
    let scale: Double
    var path = Path()

    mutating func add(_ element: (Double) -> Path.Element) -> CInt {
        path.elements.append(element(scale))
        return 0
    }

    static let callbacks = FT_Outline_Funcs(
        move_to: { to, user in OutlineCollector.add(user) { .move(point(to, $0)) } },
        line_to: { to, user in OutlineCollector.add(user) { .line(point(to, $0)) } },
        conic_to: { control, to, user in
            OutlineCollector.add(user) { .quadratic(point(control, $0), point(to, $0)) }
        },
        cubic_to: { first, second, to, user in
            OutlineCollector.add(user) { .cubic(point(first, $0), point(second, $0), point(to, $0)) }
        },
        shift: 0, delta: 0)

    private static func add(_ user: UnsafeMutableRawPointer?, _ element: (Double) -> Path.Element) -> CInt {
        user?.assumingMemoryBound(to: OutlineCollector.self).pointee.add(element) ?? 1
    }
}

private func point(_ vector: UnsafePointer<FT_Vector>?, _ scale: Double) -> Point {
    guard let vector else { return Point(0, 0) }
    return Point(Double(vector.pointee.x) * scale, Double(vector.pointee.y) * scale)
}
