/// One way of writing a digit: the pen's path, in a frame of about 60 × 100 with y downwards.
struct DigitShape: Sendable {
    typealias Point = SIMD2<Double>

    /// Each stroke's control points, in the order they are written; a point given twice is a corner.
    let strokes: [[Point]]

    /// - Parameter coordinates: x and y of the control points in turn, an array for each stroke.
    private init(_ coordinates: [Double]...) {
        strokes = coordinates.map { stroke in
            stride(from: 0, to: stroke.count, by: 2).map { Point(stroke[$0], stroke[$0 + 1]) }
        }
    }

    /// The ways of writing each digit, common ones given more than once.
    static let all: [[DigitShape]] = [zeros, ones, twos, threes, fours, fives, sixes, sevens, eights, nines]

    private static let zeros = [
        DigitShape([36, 2, 13, 17, 4, 50, 12, 84, 34, 98, 56, 84, 64, 50, 56, 16, 36, 3, 20, 8]),
        DigitShape([46, 8, 22, 8, 5, 46, 14, 86, 38, 97, 61, 78, 66, 42, 55, 12, 34, 3, 14, 18]),
        DigitShape([44, 1, 24, 20, 10, 60, 17, 92, 33, 98, 50, 77, 59, 36, 54, 8, 42, 2, 30, 12]),
        DigitShape([38, 6, 12, 20, 0, 52, 12, 84, 40, 94, 68, 80, 76, 48, 66, 18, 40, 6, 22, 12]),
        DigitShape([60, 20, 44, 3, 18, 10, 4, 50, 14, 86, 38, 97, 60, 76, 64, 40, 50, 12, 34, 8]),
    ]

    private static let ones = [
        DigitShape([30, 2, 30, 50, 30, 98]),
        DigitShape([16, 22, 32, 4, 32, 4, 31, 50, 28, 98]),
        DigitShape([36, 2, 32, 48, 26, 98]),
        DigitShape([26, 2, 31, 48, 30, 98]),
        DigitShape([12, 27, 33, 4, 33, 4, 32, 50, 32, 98]),
        DigitShape([16, 22, 34, 4, 34, 4, 34, 52, 34, 97], [17, 97, 34, 97, 53, 97]),
        DigitShape([15, 32, 33, 5, 33, 5, 30, 50, 27, 98]),
    ]

    private static let twos = [
        DigitShape([8, 24, 18, 6, 42, 2, 56, 20, 46, 48, 22, 76, 6, 97, 6, 97, 34, 95, 62, 94]),
        DigitShape([10, 22, 26, 4, 50, 8, 54, 32, 34, 66, 14, 92, 5, 84, 18, 76, 36, 88, 64, 94]),
        DigitShape([8, 14, 36, 3, 56, 16, 42, 50, 8, 96, 8, 96, 36, 96, 64, 96]),
        DigitShape([6, 30, 16, 6, 44, 4, 58, 26, 42, 60, 12, 93, 8, 84, 22, 82, 42, 94, 68, 86]),
    ]

    private static let threes = [
        DigitShape([8, 14, 30, 2, 54, 14, 50, 36, 26, 46, 26, 46, 52, 56, 60, 78, 38, 97, 6, 88]),
        DigitShape([8, 16, 34, 2, 54, 18, 42, 42, 27, 46, 30, 51, 50, 56, 58, 78, 36, 98, 8, 86]),
        DigitShape([8, 6, 32, 6, 56, 5, 56, 5, 30, 40, 30, 40, 54, 52, 60, 78, 36, 98, 6, 86]),
        DigitShape([12, 28, 16, 8, 34, 2, 54, 19, 34, 46, 34, 46, 58, 72, 38, 98, 14, 92, 8, 72]),
        DigitShape([14, 30, 20, 6, 38, 3, 52, 18, 30, 44, 30, 49, 54, 70, 36, 97, 12, 90, 8, 74]),
    ]

    private static let fours = [
        DigitShape([14, 6, 6, 54, 6, 54, 32, 56, 62, 52], [48, 6, 47, 50, 43, 98]),
        DigitShape([44, 98, 46, 50, 44, 4, 44, 4, 6, 66, 6, 66, 34, 65, 66, 63]),
        DigitShape([10, 6, 6, 42, 18, 56, 46, 50], [54, 4, 50, 50, 44, 98]),
        DigitShape([36, 6, 18, 26, 6, 54, 28, 61, 68, 54], [54, 14, 50, 54, 44, 98]),
        DigitShape([20, 4, 8, 44, 8, 50, 34, 48, 60, 42], [58, 4, 48, 50, 38, 98]),
    ]

    private static let fives = [
        DigitShape([56, 4, 37, 5, 18, 6, 18, 6, 14, 44, 14, 44, 38, 38, 60, 58, 52, 88, 26, 98, 4, 86]),
        DigitShape([18, 8, 14, 46, 14, 46, 40, 40, 58, 64, 44, 92, 6, 92], [18, 8, 40, 6, 60, 4]),
        DigitShape([56, 6, 28, 6, 14, 24, 24, 42, 48, 54, 56, 74, 38, 96, 6, 88]),
        DigitShape([62, 2, 44, 6, 24, 8, 24, 8, 18, 40, 18, 40, 44, 50, 50, 74, 34, 94, 4, 96]),
    ]

    private static let sixes = [
        DigitShape([46, 2, 20, 26, 6, 64, 18, 96, 46, 94, 56, 72, 40, 54, 16, 62, 8, 78]),
        DigitShape([40, 2, 24, 26, 12, 56, 10, 84, 30, 98, 54, 84, 50, 62, 28, 56, 10, 74]),
        DigitShape([54, 8, 22, 16, 6, 52, 12, 88, 36, 98, 60, 80, 54, 54, 30, 48, 10, 66]),
        DigitShape([32, 2, 16, 34, 6, 70, 16, 95, 38, 96, 50, 82, 42, 68, 24, 70, 12, 86]),
    ]

    private static let sevens = [
        DigitShape([6, 8, 32, 8, 58, 6, 58, 6, 38, 46, 26, 98]),
        DigitShape([6, 10, 32, 9, 58, 6, 58, 6, 40, 46, 28, 98], [22, 53, 38, 51, 56, 49]),
        DigitShape([5, 23, 8, 8, 8, 8, 34, 9, 60, 6, 60, 6, 42, 46, 32, 98]),
        DigitShape([4, 14, 26, 5, 54, 9, 50, 38, 32, 66, 24, 98]),
        DigitShape([5, 15, 28, 8, 53, 6, 53, 6, 39, 50, 30, 98]),
    ]

    private static let eights = [
        DigitShape([52, 12, 30, 2, 12, 18, 28, 44, 52, 66, 50, 90, 28, 98, 8, 82, 18, 58, 44, 38, 54, 18, 46, 6]),
        DigitShape([32, 48, 10, 28, 30, 2, 52, 26, 32, 48], [32, 48, 58, 72, 32, 98, 6, 74, 32, 48]),
        DigitShape([50, 10, 34, 2, 20, 20, 30, 42, 46, 64, 40, 92, 22, 98, 12, 82, 24, 58, 44, 34, 52, 18, 48, 8]),
        DigitShape([20, 40, 16, 14, 34, 2, 54, 18, 34, 46, 34, 46, 58, 72, 36, 98, 10, 84, 20, 58, 34, 46]),
        DigitShape([54, 18, 36, 2, 16, 14, 20, 36, 44, 56, 50, 84, 28, 98, 8, 84, 16, 60, 42, 38, 60, 10]),
    ]

    private static let nines = [
        DigitShape([52, 22, 36, 2, 12, 14, 8, 40, 28, 50, 50, 34, 54, 10, 54, 10, 52, 50, 48, 98]),
        DigitShape([50, 24, 32, 2, 10, 18, 14, 44, 36, 46, 52, 20, 52, 20, 54, 60, 44, 90, 16, 96]),
        DigitShape([52, 16, 34, 2, 10, 22, 16, 48, 38, 46, 50, 20, 52, 42, 42, 72, 32, 98]),
        DigitShape([54, 10, 26, 6, 8, 32, 24, 52, 48, 40, 55, 8, 55, 8, 50, 52, 40, 98]),
    ]
}
