import Charts
import Testing

@Suite struct ColorTests {
    private static func contrast(_ a: Color, _ b: Color) -> Double {
        let (bright, dim) = (max(a.luminance, b.luminance), min(a.luminance, b.luminance))
        return (bright + 0.05) / (dim + 0.05)
    }

    @Test(arguments: Theme.allCases)
    func seriesStandOutFromTheBackgroundAndTextCanBeRead(theme: Theme) {
        for color in theme.palette { #expect(Self.contrast(color, theme.background) >= 3, "\(color.hexadecimal)") }
        #expect(Self.contrast(theme.text, theme.background) >= 7)
        #expect(Self.contrast(theme.secondaryText, theme.background) >= 4.5)
        #expect(Self.contrast(theme.neutral, theme.background) >= 4.5)
        #expect(Self.contrast(theme.axis, theme.background) >= 3)
        #expect(Self.contrast(theme.grid, theme.background) < 1.5)
    }

    /// What readers with each kind of colour vision see: linear RGB maps of Machado, Oliveira and Fernandes (2009).
    static let visions: [(name: String, map: [[Double]])] = [
        ("normal", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        (
            "protanopia",
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
        ),
        (
            "deuteranopia",
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
        ),
        (
            "tritanopia",
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
        ),
    ]

    @Test(arguments: Theme.allCases)
    func seriesAreFarApartForEveryKindOfColourVision(theme: Theme) {
        for vision in Self.visions {
            let seen = theme.palette.map { Self.oklab(Self.apply(vision.map, Self.linear($0))) }
            for (index, color) in seen.enumerated() {
                for (other, second) in seen.enumerated() where other > index {
                    let distance = zip(color, second).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
                    #expect(distance >= 0.065, "\(vision.name): series \(index) and \(other)")
                }
            }
        }
    }

    @Test(arguments: [ColorScale.amounts, .blues], Theme.allCases)
    func scalesOfAmountsRiseSteadilyInLightness(scale: ColorScale, theme: Theme) {
        let steps = stride(from: 0.0, through: 1, by: 0.05).map { scale.color($0, theme: theme).luminance }
        let sign: Double = steps[0] < steps[20] ? 1 : -1
        for (a, b) in zip(steps, steps.dropFirst()) { #expect((b - a) * sign > 0) }
    }

    @Test(arguments: Theme.allCases)
    func theMiddleOfADivergingScaleIsTheSameWhateverTheData(theme: Theme) {
        let scale = ColorScale.diverging(middle: 0)
        #expect(scale.range(-1, 5) == (-5, 5))
        #expect(scale.range(2, 3) == (-3, 3))
        let (low, middle, high) = (
            scale.color(0, theme: theme), scale.color(0.5, theme: theme), scale.color(1, theme: theme)
        )
        #expect(Self.contrast(middle, theme.background) < 1.2)
        #expect(Self.contrast(low, theme.background) > 3 && Self.contrast(high, theme.background) > 3)
    }

    @Test(arguments: Theme.allCases)
    func numbersInCellsCanBeReadOnEveryColour(theme: Theme) {
        for scale in [ColorScale.amounts, .blues, .diverging(middle: 0)] {
            for share in stride(from: 0.0, through: 1, by: 0.02) {
                let paint = scale.color(share, theme: theme)
                #expect(Self.contrast(HeatMap.ink(on: paint), paint) >= 4.4, "\(scale) \(share)")
            }
        }
    }

    private static func linear(_ color: Color) -> [Double] {
        [color.red, color.green, color.blue].map { Double(SRGB.linear[Int($0)]) / 65535 }
    }

    private static func apply(_ map: [[Double]], _ vector: [Double]) -> [Double] {
        map.map { zip($0, vector).reduce(0) { $0 + $1.0 * $1.1 } }.map { min(max($0, 0), 1) }
    }

    /// Oklab (Ottosson 2020).
    private static func oklab(_ rgb: [Double]) -> [Double] {
        let cones = [
            [0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ].map { row in cubeRoot(zip(row, rgb).reduce(0) { $0 + $1.0 * $1.1 }) }
        return [
            [0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ].map { row in zip(row, cones).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    private static func cubeRoot(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        var root = 1.0
        for _ in 0..<60 { root -= (root - x / (root * root)) / 3 }
        return root
    }
}
