/// The ticks of an axis of a certain length.
package struct Ticks: Hashable, Sendable {
    package struct Tick: Hashable, Sendable {
        /// The value at which the tick is.
        package let value: Double
        package let label: String
    }

    /// Labelled ticks.
    package var major: [Tick] = []
    /// Values of small ticks without a label.
    package var minor: [Double] = []

    /// Finds ticks whose labels do not touch.
    ///
    /// - Parameters:
    ///   - length: points along the axis.
    ///   - spacing: the points between ticks that look best.
    ///   - gap: points that must be free between labels.
    ///   - extent: points that a label takes along the axis.
    package init(
        _ axis: Axis, _ domain: Domain, length: Double, spacing: Double, gap: Double, extent: (String) -> Double
    ) {
        if case .categories(let names) = domain.kind {
            major = names.enumerated().map { Tick(value: Double($0), label: axis.tickLabels?[safe: $0] ?? $1) }
            return
        }
        if let given = axis.ticks {
            let labels = NumberText.labels(given, axis.format)
            major = given.indices.map { Tick(value: given[$0], label: axis.tickLabels?[safe: $0] ?? labels[$0]) }
                .filter { $0.value >= domain.low && $0.value <= domain.high }
            return
        }
        let scale = PositionScale(domain, from: 0, to: max(1, length))
        var limit = max(2, Int(length / (spacing * 0.6)))
        while limit >= 1 {
            self = Self.search(axis, domain, target: min(limit, max(2, Int(length / spacing + 0.5))), limit: limit)
            let places = major.map { (scale.place($0.value) ?? 0, extent($0.label) / 2) }.sorted { $0.0 < $1.0 }
            let isFree = zip(places, places.dropFirst()).allSatisfy { $0.0 + $0.1 + gap <= $1.0 - $1.1 }
            // Labels that read alike tell nothing: fewer of them can.
            if isFree, Set(major.map(\.label)).count == major.count { return }
            limit = min(limit - 1, major.count - 1)
        }
        major = Array(major.prefix(1))
    }

    private static func search(_ axis: Axis, _ domain: Domain, target: Int, limit: Int) -> Ticks {
        if domain.isTime, domain.kind == .linear, axis.format == .automatic {
            let found = TimeTicks.ticks(low: domain.low, high: domain.high, target: target, limit: limit)
            if !found.isEmpty { return Ticks(found) }
        }
        if domain.kind == .logarithmic, let found = LogTicks.ticks(low: domain.low, high: domain.high, limit: limit) {
            return Ticks(found.major, minor: found.minor, logLabels(found.major, axis.format))
        }
        let even = [domain.isWhole && domain.kind == .linear, false].lazy.map { isWhole in
            LinearTicks(low: domain.low, high: domain.high, target: target, limit: limit, isWhole: isWhole).values
                .filter { domain.kind != .logarithmic || $0 > 0 }
        }
        let values = even.first { !$0.isEmpty } ?? []
        return Ticks(values, minor: [], NumberText.labels(values, axis.format))
    }

    private init(_ ticks: [Tick]) { major = ticks }

    private init(_ values: [Double], minor: [Double], _ labels: [String]) {
        major = zip(values, labels).map { Tick(value: $0, label: $1) }
        self.minor = minor
    }

    /// 0.001 … 100,000 as they are; powers of ten where one is beyond.
    private static func logLabels(_ values: [Double], _ format: NumberFormat) -> [String] {
        guard format == .automatic else { return values.map { NumberText.labels([$0], format)[0] } }
        let isPlain = values.allSatisfy { $0 > 0.99e-3 && $0 < 1.01e5 }
        return values.map { value in
            if isPlain { return NumberText.plain(value) }
            let exponent = Decimal.exponent(value * (1 + 1e-12))
            let digit = Int(Decimal.scaled(value, -exponent).rounded())
            return (digit == 1 ? "" : "\(digit)×") + "10^{\(exponent < 0 ? "−" : "")\(abs(exponent))}"
        }
    }
}

extension Collection {
    subscript(safe index: Index) -> Element? { indices.contains(index) ? self[index] : nil }
}
