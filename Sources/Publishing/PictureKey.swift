import CZlib

/// A PNG file with the key of the cell that drew it, as the text `Source` (PNG specification, third edition, 11.3.3.3).
///
/// It is written into the page's copy only: the picture in a record is the same whatever key it was drawn under.
public func labelled(_ png: [UInt8], key: String) -> [UInt8] {
    // The signature and the image header, which comes first and has a fixed length.
    let headerEnd = 8 + 25
    guard png.count > headerEnd else { return png }
    let content = Array("tEXtSource\0\(key)".utf8)
    let checksum = UInt32(truncatingIfNeeded: crc32(0, content, UInt32(content.count)))
    return png[..<headerEnd] + bigEndian(UInt32(content.count - 4)) + content + bigEndian(checksum) + png[headerEnd...]
}

private func bigEndian(_ value: UInt32) -> [UInt8] {
    stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
}
