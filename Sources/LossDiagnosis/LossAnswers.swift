/// What a loss gave for calls, whatever framework it is written in.
public struct LossAnswers: Sendable {
    /// The calls that were made.
    public let probes: [LossProbe]
    /// A value for each probe; one that is no number is a finding, not an error.
    public let values: [Double]
    /// ∂loss/∂z of some calls, N × C, by the probes' ids.
    public let gradients: [String: [[Double]]]
    /// How exactly the loss was computed; where it is not stated, as far as the values show.
    public let precision: Precision

    /// The values and gradients that a loss gave for `probes`.
    ///
    /// - Precondition: there is a value for each probe.
    public init(
        _ probes: [LossProbe], values: [Double], gradients: [String: [[Double]]] = [:], precision: Precision? = nil
    ) {
        precondition(probes.count == values.count, "\(values.count) values for \(probes.count) probes")
        self.probes = probes
        self.values = values
        self.gradients = gradients
        self.precision = precision ?? Precision(seenIn: values)
    }

    /// What `loss` gives for the standard probes.
    public init(of loss: (LossProbe) -> Double, on probes: [LossProbe] = LossProbe.standard) {
        self.init(probes, values: probes.map(loss))
    }
}
