public import PageFiles

extension kdbook_page_file {
    /// The script or style sheet, without the end of its last line.
    public var text: String { String(decoding: UnsafeBufferPointer(start: bytes, count: count - 1), as: UTF8.self) }
}
