import CZlib

/// A PNG file with the key of the cell that drew it, as the text `Source` (PNG specification, third edition, 11.3.3.3).
///
/// It is written into the page's copy only: the picture in a record is the same whatever key it was drawn under.
public func labelled(_ png: [UInt8], key: String) -> [UInt8] {
    guard png.count > headerEnd else { return png }
    let content = Array("\(labelName)\(key)".utf8)
    let checksum = UInt32(truncatingIfNeeded: crc32(0, content, UInt32(content.count)))
    return png[..<headerEnd] + bigEndian(UInt32(content.count - 4)) + content + bigEndian(checksum) + png[headerEnd...]
}

/// Whether a PNG file has the key of a cell in it, as those have that this tool wrote into pages' folders.
public func isLabelled(_ png: [UInt8]) -> Bool { png.dropFirst(headerEnd + 4).starts(with: labelName.utf8) }

/// A drawing with the key of the cell that it is of, as a comment.
public func labelled(drawing: String, key: String) -> [UInt8] { Array("\(commentStart)\(key) -->\n\(drawing)".utf8) }

/// Whether an SVG file has the key of a cell in it, as those have that this tool wrote into pages' folders.
public func isLabelledDrawing(_ content: [UInt8]) -> Bool { content.starts(with: commentStart.utf8) }

/// A PNG file as it was before ``labelled(_:key:)``; itself where it has no key in it.
public func unlabelled(_ png: [UInt8]) -> [UInt8] {
    guard isLabelled(png) else { return png }
    let length = png[headerEnd..<headerEnd + 4].reduce(0) { $0 << 8 | Int($1) }
    // Length, kind and checksum stand around the text.
    let next = headerEnd + 12 + length
    return next <= png.count ? Array(png[..<headerEnd] + png[next...]) : png
}

/// The signature and the image header, which comes first and has a fixed length.
private let headerEnd = 8 + 25
/// The kind of the text's chunk, and what the text is called.
private let labelName = "tEXtSource\0"
/// How a drawing begins.
private let commentStart = "<!-- Source: "

private func bigEndian(_ value: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
}
