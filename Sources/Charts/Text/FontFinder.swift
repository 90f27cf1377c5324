import CFontconfig
import Foundation

/// Where fonts are: first where systems are known to keep DejaVu Sans, then through fontconfig.
enum FontFinder {
    /// A font file, and which font of it.
    struct Location: Hashable {
        let path: String
        let index: Int
    }

    private static let directories = [
        "/usr/share/fonts/truetype/dejavu/", "/usr/share/fonts/dejavu-sans-fonts/", "/usr/share/fonts/TTF/",
        "/usr/share/fonts/dejavu/", "/opt/homebrew/share/fonts/", "/Library/Fonts/",
    ]

    /// DejaVu Sans in the given weight.
    static func dejaVuSans(bold: Bool) -> Location? {
        let file = bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf"
        for directory in directories where FileManager.default.isReadableFile(atPath: directory + file) {
            return Location(path: directory + file, index: 0)
        }
        let found = match("DejaVu Sans:style=\(bold ? "Bold" : "Book"):scalable=true")
        return found.flatMap { $0.path.hasSuffix(file) ? $0 : nil }
    }

    /// The installed font that fontconfig prefers for a character the default font lacks.
    static func fallback(for scalar: Unicode.Scalar) -> Location? {
        match("sans-serif:scalable=true:charset=\(String(scalar.value, radix: 16))")
    }

    private static func match(_ description: String) -> Location? {
        guard FcInit() != 0, let pattern = FcNameParse(description) else { return nil }
        defer { FcPatternDestroy(pattern) }
        FcConfigSubstitute(nil, pattern, FcMatchPattern)
        FcDefaultSubstitute(pattern)
        var result = FcResultNoMatch
        guard let font = FcFontMatch(nil, pattern, &result) else { return nil }
        defer { FcPatternDestroy(font) }
        var file: UnsafeMutablePointer<FcChar8>?
        var index: CInt = 0
        guard FcPatternGetString(font, "file", 0, &file) == FcResultMatch, let file else { return nil }
        FcPatternGetInteger(font, "index", 0, &index)
        return Location(path: String(cString: file), index: Int(index))
    }
}
