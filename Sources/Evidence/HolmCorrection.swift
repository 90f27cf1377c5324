internal import Wire

/// p-values corrected for being many, so that the chance of one false rejection among them stays at the level.
///
/// With the m values in order, the k-th smallest becomes min(1, (m − k + 1)·p), and at least what the one before it became.
/// The result has the order of `values`. A book's ledger corrects its claims' p-values by the same rule.
///
///     holmCorrected([0.01, 0.04, 0.03])  // [0.03, 0.06, 0.06]
///
/// Source: Holm, Scand. J. Statist. 6 (1979).
///
/// - Parameter values: the p-values of all tests that were made, whatever they showed; each is from 0 to 1.
@_disfavoredOverload  // A cell that imports Wire besides means that module's.
public func holmCorrected(_ values: [Double]) -> [Double] { Wire.holmCorrected(values) }
