internal import Tensors

/// A row of probabilities with their logarithms, from logits, in double precision.
struct LogProbabilities {
    let logs: [Double]
    let values: [Double]

    init(logits: [Double], temperature: Double) {
        let largest = logits.max() ?? 0
        let shifted = logits.map { ($0 - largest) / temperature }
        let logSum = ReproducibleMath.log(shifted.reduce(0) { $0 + ReproducibleMath.exp($1) })
        self.init(logs: shifted.map { $0 - logSum })
    }

    init(logs: [Double]) {
        self.logs = logs
        values = logs.map(ReproducibleMath.exp)
    }

    init(values: [Double]) {
        self.values = values
        logs = values.map(ReproducibleMath.log)
    }

    private init(logs: [Double], values: [Double]) {
        self.logs = logs
        self.values = values
    }

    func limited(_ limit: LossFormula.Limit) -> LogProbabilities {
        switch limit {
        case .exact: self
        case .clipped(let smallest): LogProbabilities(values: values.map { min(max($0, smallest), 1) })
        case .floored(let lowest): LogProbabilities(logs: logs.map { max($0, lowest) }, values: values)
        }
    }

    func renormalized(over classes: [Int]) -> LogProbabilities {
        let total = classes.reduce(0) { $0 + values[$1] }
        return LogProbabilities(values: classes.map { values[$0] / total })
    }

    func picking(_ classes: [Int]) -> LogProbabilities {
        LogProbabilities(logs: classes.map { logs[$0] }, values: classes.map { values[$0] })
    }
}

/// A value, and how large the terms were that it is the sum of: rounding errors follow these.
struct Estimate {
    var value = 0.0
    var magnitude = 0.0

    static func + (a: Estimate, b: Estimate) -> Estimate {
        Estimate(value: a.value + b.value, magnitude: a.magnitude + b.magnitude)
    }

    static func * (factor: Double, a: Estimate) -> Estimate {
        Estimate(value: factor * a.value, magnitude: abs(factor) * a.magnitude)
    }

    mutating func add(_ term: Double, magnitude: Double? = nil) {
        value += term
        self.magnitude += magnitude ?? abs(term)
    }
}
