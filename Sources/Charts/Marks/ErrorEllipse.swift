/// The ellipse in which two numbers that are normally distributed together lie with a given probability.
///
/// ```swift
/// Chart("Two weights", x: "first", y: "second") {
///     Points(x: first, y: second, label: "seeds")
///     ErrorEllipse(x: first, y: second, label: "seeds")
/// }
/// ```
///
/// With mean μ and covariance Σ it is the set of all v with (v − μ)ᵀ Σ⁻¹ (v − μ) = −2·ln(1 − p), because half of that form has a standard
/// exponential distribution in two dimensions. The axes are to be linear.
public struct ErrorEllipse: Codable, Hashable, Sendable, MarkConvertible {
    /// The middle, in the units of the axes.
    @Exact public private(set) var meanX: Double
    /// The middle, in the units of the axes.
    @Exact public private(set) var meanY: Double
    /// The variance along each axis, and the covariance.
    @Exact public private(set) var varianceX: Double
    /// The variance along the vertical axis, in its unit squared.
    @Exact public private(set) var varianceY: Double
    /// The covariance of both, in the product of the axes' units.
    @Exact public private(set) var covariance: Double
    /// The probability p that both numbers lie inside, between 0 and 1.
    @Exact public private(set) var coverage: Double
    /// The series' name, for the legend.
    public let label: String?
    /// The ellipse's colour.
    public let color: MarkColor
    /// Solid, dashed, dotted…
    public let pattern: LinePattern

    /// The ellipse of a normal distribution.
    ///
    /// - Parameters:
    ///   - mean: The middle.
    ///   - covariance: Two rows of two numbers: ((var x, cov), (cov, var y)).
    ///   - coverage: The probability p that the two numbers lie inside.
    public init(
        mean: (x: Double, y: Double), covariance: [[Double]], coverage: Double = 0.95, label: String? = nil,
        color: MarkColor = .automatic, pattern: LinePattern = .solid
    ) {
        let isSquare = covariance.count == 2 && covariance.allSatisfy { $0.count == 2 }
        let isSymmetric = isSquare && covariance[0][1] == covariance[1][0]
        (meanX, meanY) = mean
        varianceX = isSquare ? covariance[0][0] : .nan
        varianceY = isSquare ? covariance[1][1] : .nan
        self.covariance = isSymmetric ? covariance[0][1] : .nan
        self.coverage = coverage
        self.label = label
        self.color = color
        self.pattern = pattern
    }

    /// The ellipse of the normal distribution that has the points' mean and covariance (Σ(x − x̄)(y − ȳ) / (n − 1)); points that are not
    /// finite are left out, and of less than two points there is none.
    ///
    /// It says where a further point would lie if that mean and covariance were the true ones; of few points, it is too small.
    public init(
        x: some Sequence<some PlottableNumber>, y: some Sequence<some PlottableNumber>, coverage: Double = 0.95,
        label: String? = nil, color: MarkColor = .automatic, pattern: LinePattern = .solid
    ) {
        let points = zip(doubles(x), doubles(y)).filter { $0.isFinite && $1.isFinite }
        let count = Double(points.count)
        let (x, y) = (points.reduce(0) { $0 + $1.0 / count }, points.reduce(0) { $0 + $1.1 / count })
        func sum(_ product: (Double, Double) -> Double) -> Double {
            points.reduce(0) { $0 + product($1.0 - x, $1.1 - y) / (count - 1) }
        }
        let cross = sum { $0 * $1 }
        self.init(
            mean: points.count > 1 ? (x, y) : (.nan, .nan),
            covariance: [[sum { a, _ in a * a }, cross], [cross, sum { $1 * $1 }]],
            coverage: coverage, label: label, color: color, pattern: pattern)
    }

    /// Itself as a mark.
    public var mark: Mark { Mark(self) }
}

extension ErrorEllipse {
    /// Whether there is an ellipse to be drawn.
    private var isKnown: Bool { meanX.isFinite && meanY.isFinite }

    /// Points on the ellipse in the units of the axes, the last being the first: μ + r·L·(cos t, sin t) with Σ = L·Lᵀ (Cholesky) and
    /// r² = −2·ln(1 − p).
    package var outline: [Point] {
        let radius = (-2 * 2.302585092994046 * Decimal.logarithm(1 - coverage)).squareRoot()
        let across = varianceX.squareRoot()
        let shared = across > 0 ? covariance / across : 0
        let up = max(0, varianceY - shared * shared).squareRoot()
        return Self.circle.map { point in
            Point(meanX + radius * across * point.x, meanY + radius * (shared * point.x + up * point.y))
        }
    }

    /// 128 points and the first again on the circle of radius 1, from ((1 − t²)/(1 + t²), 2t/(1 + t²)) for a quarter of it.
    private static let circle: [Point] = {
        let quarter = (0..<32).map { step -> Point in
            let t = Double(step) / 32
            return Point((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t))
        }
        var points = quarter
        for _ in 1..<4 { points += points.suffix(32).map { Point(-$0.y, $0.x) } }
        return points + points.prefix(1)
    }()
}

extension ErrorEllipse: MarkContent {
    package static var name: String { "errorEllipse" }
    package var legendKey: LegendKey? { .line(pattern.style(width: 1.8), nil) }
    package var isReadAlongX: Bool { true }
    package var problem: String? {
        guard coverage > 0, coverage < 1 else { return "covers \(coverage), which is not between 0 and 1" }
        guard isKnown else { return nil }
        let product = varianceX * varianceY
        // Rounding may make the covariance of points on a line a little too large.
        let isPossible = varianceX >= 0 && varianceY >= 0 && covariance * covariance <= product * (1 + 1e-9)
        return isPossible && product.isFinite
            ? nil : "has no covariance: ((\(varianceX), \(covariance)), (\(covariance), \(varianceY)))"
    }

    package func reach(x: inout Extent, y: inout Extent) {
        guard isKnown, problem == nil else { return }
        x.include(outline.map(\.x))
        y.include(outline.map(\.y))
    }

    package func draw(in plot: Plot, color: Color, to list: inout DisplayList) {
        guard isKnown else { return }
        let outline = outline
        let points = plot.points(.numbers(Exact(outline.map(\.x))), outline.map(\.y))
        list.append(.clip(plot.area))
        for run in Polyline.runs(points) {
            if run.count == outline.count {
                list.append(.fill(Path(polygon: run), plot.theme.wash(color, 0.12)))
            }
            list.append(.stroke(run, pattern.style(width: 1.8), color))
        }
        list.append(.endClip)
    }

    private var share: String { NumberText.plain(coverage * 100) + " %" }

    package func readings(in plot: Plot) -> [Reading] {
        isKnown ? [Reading(Point(meanX, meanY), in: plot, value: share)].compactMap(\.self) : []
    }

    package func summary(x: String, y: String) -> String {
        let name = label.map { Words.phrase(" of {1}", $0) } ?? ""
        guard isKnown else { return Words.phrase("no ellipse{1}: there are too few points", name) }
        let middles = [(x, meanX, varianceX), (y, meanY, varianceY)].map { axis, mean, variance in
            "\(axis) \(Words.number(mean)) ± \(Words.number(max(0, variance).squareRoot()))"
        }
        return Words.phrase("the ellipse{1} that {2} lie in, around {3}", name, share, Words.joined(middles))
    }
}
