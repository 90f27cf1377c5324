public import Wire

/// A figure as a page shows it: which picture in a wide window, which in a narrow one, and what it tells who points at it.
public struct ShownFigure: Hashable, Sendable {
    /// A picture in a light and a dark version.
    public struct Picture: Codable, Hashable, Sendable {
        /// The files, from the page's folder.
        public var light, dark: String
        /// In CSS pixels.
        public let width, height: Int

        /// - Parameters:
        ///   - light: the file for light pages, from the page's folder.
        ///   - dark: the file for dark pages, from the page's folder.
        ///   - width: in CSS pixels.
        ///   - height: in CSS pixels.
        public init(light: String, dark: String, width: Int, height: Int) {
            (self.light, self.dark, self.width, self.height) = (light, dark, width, height)
        }

        /// The same, in another folder from here.
        func placed(_ folder: String) -> Picture {
            Picture(light: folder + light, dark: folder + dark, width: width, height: height)
        }
    }

    /// In all other windows.
    public var wide: Picture
    /// In windows as narrow as a phone's; `nil` where the wide one is narrow enough.
    public var phone: Picture?
    /// Without words, for a card; `nil` where the wide one stands for it.
    public var card: Picture?
    /// What it tells, as JSON: `FigureReadings` of the module `Charts`.
    public var values: String?

    /// - Parameters:
    ///   - wide: the picture in all windows but narrow ones.
    ///   - phone: the picture in narrow ones; `nil` for the wide one.
    ///   - card: the picture without words; `nil` for the wide one.
    ///   - values: the readings, as JSON.
    public init(wide: Picture, phone: Picture? = nil, card: Picture? = nil, values: String? = nil) {
        (self.wide, self.phone, self.card, self.values) = (wide, phone, card, values)
    }

    /// A figure as its record has it: the PNG file at any width.
    public init(_ content: FigureContent) {
        self.init(
            wide: Picture(
                light: FigureFiles.path(content.light), dark: FigureFiles.path(content.dark), width: content.width,
                height: content.height))
    }

    /// The values in the element that the page's script reads; nothing where there are none.
    var valuesMarkup: String {
        // `<` could end the element.
        guard let values else { return "" }
        return element(
            "script", ["type": "application/json", "class": "values"], values.replacing("<", with: "\\u003c"))
    }
}

/// The `picture` element that shows one of them: that of a narrow window where there is one.
func pictureMarkup(
    _ wide: ShownFigure.Picture, phone: ShownFigure.Picture?, alternativeText: String, isLazy: Bool
) -> String {
    let (isNarrow, isDark) = ("screen and (max-width: 40rem)", "(prefers-color-scheme: dark)")
    func source(_ file: String, _ media: String, of phone: ShownFigure.Picture? = nil) -> String {
        openTag(
            "source",
            [
                "media": media, "srcset": file, "width": phone.map { String($0.width) } ?? "",
                "height": phone.map { String($0.height) } ?? "", "data-version": phone == nil ? "" : "1",
            ])
    }
    let narrow =
        phone.map { source($0.dark, "\(isNarrow) and \(isDark)", of: $0) + source($0.light, isNarrow, of: $0) } ?? ""
    let image = openTag(
        "img",
        [
            "src": wide.light, "alt": alternativeText, "width": String(wide.width), "height": String(wide.height),
            "loading": isLazy ? "lazy" : "",
        ])
    return element("picture", narrow + source(wide.dark, isDark) + image)
}
