/// Colours as papers name them.
enum Colors {
    /// The colour of CSS for `red`, or, by its model, for `FF0000`, `1,0,0` or `255,0,0`; `nil` where there is none.
    static func css(_ name: String, model: String?) -> String? {
        switch model {
        case nil: mixed(name.split(separator: "!", omittingEmptySubsequences: false).map(String.init))
        case "named": named[name]
        case "HTML": hexadecimal("#" + name)
        case "RGB": components(name, scale: 1, count: 3).map(hex)
        case "rgb": components(name, scale: 255, count: 3).map(hex)
        case "gray": components(name, scale: 255, count: 1).map { hex([$0[0], $0[0], $0[0]]) }
        default: nil
        }
    }

    /// `red!50!blue`: half red, the rest blue; white where nothing else is named.
    private static func mixed(_ parts: [String]) -> String? {
        guard let first = parts.first, let color = named[first] ?? hexadecimal(first) else { return nil }
        if parts.count == 1 { return color }
        guard parts.count <= 3, let percent = Int(parts[1]), (0...100).contains(percent),
            let other = parts.count == 3 ? named[parts[2]] : "Canvas"
        else { return nil }
        return "color-mix(in srgb,\(color) \(percent)%,\(other))"
    }

    private static func hexadecimal(_ text: String) -> String? {
        let digits = text.dropFirst()
        guard text.first == "#", digits.count == 6 || digits.count == 3, digits.allSatisfy(\.isHexDigit) else {
            return nil
        }
        return "#" + digits.lowercased()
    }

    private static func components(_ text: String, scale: Double, count: Int) -> [Int]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            Double(part.filter { $0 != " " }).flatMap { value in
                let scaled = (value * scale).rounded()
                return (0...255).contains(scaled) ? Int(scaled) : nil
            }
        }
        let values = parts.compactMap(\.self)
        return values.count == count && parts.count == count ? values : nil
    }

    private static func hex(_ components: [Int]) -> String {
        "#" + components.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Black and white are the text's and the page's own, so that they can be read in the dark.
    private static let named: [String: String] = {
        let words = """
            black CanvasText white Canvas red #d00000 green #008000 blue #0000ff cyan #00aeef magenta #d6006e
            yellow #ffd800 gray #808080 grey #808080 darkgray #404040 lightgray #bfbfbf brown #bf8040 lime #bfff00
            olive #808000 orange #ff8000 pink #ffbfbf purple #bf0040 teal #008080 violet #800080
            Apricot #fbb982 Aquamarine #00b5be Bittersweet #c04f17 Black CanvasText Blue #2d2f92 BlueGreen #00b3b8
            BlueViolet #473992 BrickRed #b6321c Brown #792500 BurntOrange #f7921d CadetBlue #74729a
            CarnationPink #f282b4 Cerulean #00a2e3 CornflowerBlue #41b0e4 Cyan #00aeef Dandelion #fdbc42
            DarkOrchid #a4538a Emerald #00a99d ForestGreen #009b55 Fuchsia #8c368c Goldenrod #ffdf42 Gray #949698
            Green #00a64f GreenYellow #dfe674 JungleGreen #00a99a Lavender #f49ec4 LimeGreen #8dc73e Magenta #ec008c
            Mahogany #a9341f Maroon #af3235 Melon #f89e7b MidnightBlue #006795 Mulberry #a93c93 NavyBlue #006eb8
            OliveGreen #3c8031 Orange #f58137 OrangeRed #ed135a Orchid #af72b0 Peach #f7965a Periwinkle #7977b8
            PineGreen #008b72 Plum #92268f ProcessBlue #00b0f0 Purple #99479b RawSienna #974006 Red #ed1b23
            RedOrange #f26035 RedViolet #a1246b Rhodamine #ef559f RoyalBlue #0071bc RoyalPurple #613f99
            RubineRed #ed017d Salmon #f69289 SeaGreen #3fbc9d Sepia #671800 SkyBlue #46c5dd SpringGreen #c6dc67
            Tan #da9d76 TealBlue #00aeb3 Thistle #d883b7 Turquoise #00b4ce Violet #58429b VioletRed #ef58a0
            White Canvas WildStrawberry #ee2967 Yellow #fff200 YellowGreen #98cc70 YellowOrange #faa21a
            """.split(whereSeparator: \.isWhitespace).map(String.init)
        return Dictionary(
            uniqueKeysWithValues: stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) })
    }()
}
