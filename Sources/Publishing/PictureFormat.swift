import Notebook

extension AttachedFile {
    /// A picture that prose shows: a PNG or JPEG file, or an SVG file in which nothing runs or loads.
    ///
    /// Which of them it is its content tells, whatever it is called.
    ///
    /// - Throws: that it is none of them, or an SVG file that does more than to draw.
    static func picture(_ content: [UInt8]) throws(AttachmentProblem) -> AttachedFile {
        if let size = sizeOfPNG(content) { return AttachedFile(content, ending: "png", size: size) }
        if let size = sizeOfJPEG(content) { return AttachedFile(content, ending: "jpg", size: size) }
        guard let text = String(validating: content, as: UTF8.self), text.contains("<svg") else {
            throw AttachmentProblem("pages show PNG, JPEG and SVG files, and this is none")
        }
        if let problem = HarmlessDrawing.problem(in: text) { throw AttachmentProblem(problem) }
        return AttachedFile(content, ending: "svg")
    }

    /// The size in the header of a PNG file (PNG specification, third edition, 11.2.1).
    private static func sizeOfPNG(_ content: [UInt8]) -> PixelSize? {
        let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        guard content.count > 33, content.starts(with: signature), content[12..<16].elementsEqual("IHDR".utf8) else {
            return nil
        }
        return size(width: number(content[16..<20]), height: number(content[20..<24]))
    }

    /// The size in the frame header of a JPEG file (ITU-T T.81, B.2.2).
    private static func sizeOfJPEG(_ content: [UInt8]) -> PixelSize? {
        guard content.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
        var at = 2
        while at + 9 < content.count, content[at] == 0xFF {
            let marker = content[at + 1]
            if marker == 0xFF {
                at += 1
                continue
            }
            let isFrame = (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
            if isFrame {
                return size(width: number(content[(at + 7)..<(at + 9)]), height: number(content[(at + 5)..<(at + 7)]))
            }
            at += 2 + max(2, number(content[(at + 2)..<(at + 4)]))
        }
        return nil
    }

    private static func size(width: Int, height: Int) -> PixelSize? {
        let mostPixels = 100_000
        return (1...mostPixels).contains(width) && (1...mostPixels).contains(height)
            ? PixelSize(width: width, height: height) : nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
