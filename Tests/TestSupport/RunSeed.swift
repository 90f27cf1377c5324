import Foundation

/// The seed of tests that draw anew in every run: `KDBOOK_SEED`, else one of the moment.
///
/// A test that uses it says it in what it fails with, so that `KDBOOK_SEED=… swift test` repeats the draws.
public enum RunSeed {
    /// One number a process.
    public static let value: UInt64 =
        ProcessInfo.processInfo.environment["KDBOOK_SEED"].flatMap { UInt64($0) } ?? .random(in: 1...999_999)
}
