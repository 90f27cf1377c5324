/// p-values corrected for being many, so that the chance of one false rejection among them stays at the level.
///
/// With the m values in order, the k-th smallest becomes min(1, (m − k + 1)·p), and at least what the one before it became.
/// The order given is kept. Source: Holm, Scand. J. Statist. 6 (1979).
public func holmCorrected(_ values: [Double]) -> [Double] {
    var corrected = values
    var least = 0.0
    for (rank, index) in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }).enumerated() {
        least = max(least, min(1, Double(values.count - rank) * values[index]))
        corrected[index] = least
    }
    return corrected
}
