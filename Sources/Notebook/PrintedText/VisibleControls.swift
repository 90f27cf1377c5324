extension String {
    /// The text with each control character replaced by one that shows it, save those that end lines and make tables: what is
    /// written to a terminal so changes nothing there.
    public var withVisibleControls: String {
        var text = ""
        text.unicodeScalars.append(
            contentsOf: unicodeScalars.lazy.map { $0 == "\n" || $0 == "\t" ? $0 : $0.visible })
        return text
    }
}

extension Unicode.Scalar {
    /// The scalar itself, or for a control character one that shows it.
    var visible: Unicode.Scalar {
        switch value {
        // Each has a picture at its own place there.
        case 0..<0x20: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        case 0x80..<0xA0: "\u{FFFD}"
        default: self
        }
    }
}
