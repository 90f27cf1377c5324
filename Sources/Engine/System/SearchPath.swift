import Foundation

/// Where the user's programs are.
///
/// Folders that are named from where the tool was started are left out: a stranger's book may lie there.
enum SearchPath {
    /// All programs of a name, in order, by their whole paths.
    static func all(
        _ name: String, in environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> [String] {
        (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":").filter { $0.hasPrefix("/") }
            .map { "\($0)/\(name)" }.filter { access($0, X_OK) == 0 }
    }

    /// The program that a name stands for.
    static func find(
        _ name: String, in environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String? {
        all(name, in: environment).first
    }
}
