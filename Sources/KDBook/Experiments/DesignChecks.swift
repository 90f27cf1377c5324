internal import Digest
public import Tensors
public import Wire

/// A design has a fault, so that its runs decide nothing.
public struct DesignError: Error, Hashable, CustomStringConvertible {
    /// The fault, the start or the arm that shows it, and where there is one the cure.
    public let description: String
}

// What all arms of a start must have in common, and what each start must draw anew, a run measures beside its outcome:
//
//     return ["errors": errors, "images": fingerprint(of: images.pixels), "teacher": fingerprint(of: logits)]
//
// After the runs, the results are asked for it, before a claim is decided by them.
extension ExperimentResults {
    /// All arms of a start had the same in what `name` measures: the same images, moved alike, or one teacher.
    ///
    /// - Throws: the first start in which an arm had another; a control that saw other images than the treated arm, for example.
    public func requireSame(_ name: String, of arms: [String]) throws(DesignError) {
        guard let first = arms.first else { return }
        let common = Dictionary(try measured(name, in: first), uniquingKeysWith: { first, _ in first })
        for arm in arms.dropFirst() {
            for (start, value) in try measured(name, in: arm) where common[start] != value {
                throw DesignError(
                    description:
                        "start \(start): `\(arm)` had other \(name) than `\(first)`, so that their difference is"
                        + " not of the arms alone")
            }
        }
    }

    /// Every start had its own in what `name` measures: its own draw of the data, or its own teacher.
    ///
    /// - Throws: two starts that shared it. They are no independent units.
    public func requireAnew(_ name: String, in arm: String) throws(DesignError) {
        var seen: [Double: UInt64] = [:]
        for (start, value) in try measured(name, in: arm) {
            if let earlier = seen.updateValue(start, forKey: value) {
                throw DesignError(
                    description: "starts \(earlier) and \(start) share their \(name): they are one unit, not two; draw"
                        + " anew, or decide by clusters")
            }
        }
    }

    /// By start, in their order.
    private func measured(_ name: String, in arm: String) throws(DesignError) -> [(UInt64, Double)] {
        var values: [(UInt64, Double)] = []
        for row in rows where row.run.arm == arm {
            guard let value = row.outcome.numbers[name] else {
                throw DesignError(description: "start \(row.run.seed): no \(name) was measured for `\(arm)`")
            }
            values.append((row.run.seed, value))
        }
        return values
    }
}

extension Preregistration {
    /// The settings were chosen as laid down: on the seeds for tuning and no others, with as many settings for every arm.
    ///
    /// - Throws: the first arm of `tuning` that was tuned on another seed, or had another number of settings.
    public func requireTuning(_ tuning: ExperimentResults) throws(DesignError) {
        var settings: [String: [UInt64: Int]] = [:]
        for run in tuning.rows.map(\.run) { settings[run.arm, default: [:]][run.seed, default: 0] += 1 }
        let expected = Set(self.tuning.seeds.all.map { UInt64($0) })
        for (arm, counts) in settings.sorted(by: { $0.key < $1.key }) {
            if let seed = counts.keys.sorted().first(where: { !expected.contains($0) }) {
                throw DesignError(
                    description: "\(claim): `\(arm)` was tuned on seed \(seed), which is none for tuning: what chooses"
                        + " the settings must not judge them")
            }
            for seed in expected.sorted() where counts[seed] != self.tuning.settingsPerArm {
                throw DesignError(
                    description: "\(claim): `\(arm)` tried \(counts[seed] ?? 0) settings on seed \(seed), where"
                        + " \(self.tuning.settingsPerArm) were laid down for every arm")
            }
        }
    }
}

/// A number that stands for bytes, such as pixels: other bytes have, but for one case in 2⁴⁸, another.
public func fingerprint(of bytes: some Sequence<UInt8>) -> Double {
    Double(UInt64(SHA256Digest(of: Array(bytes)).description.prefix(12), radix: 16) ?? 0)
}

/// A number that stands for a matrix, such as a teacher's logits.
public func fingerprint(of matrix: Matrix) -> Double {
    fingerprint(
        of: matrix.elements.flatMap { element in withUnsafeBytes(of: element.bitPattern.littleEndian, Array.init) })
}
