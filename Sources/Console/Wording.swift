import Foundation

/// `1 cell`, `2 cells`.
package func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

/// How long it took, as people read it.
package func seconds(since began: ContinuousClock.Instant) -> String {
    (ContinuousClock.now - began).formatted(.units(allowed: [.seconds], fractionalPart: .show(length: 2)))
}

/// `path` as the user would write it here.
package func displayed(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
}
