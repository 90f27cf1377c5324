internal import Foundation

/// Values that toolkits' losses gave, as a file of `Data` keeps them.
public struct RecordedLosses: Sendable, Decodable {
    /// A call of a toolkit's loss.
    public struct Call: Sendable, Decodable {
        /// The package's name.
        public let toolkit: String
        /// The package's version.
        public let version: String
        /// The call, in the toolkit's own words; z are the student's logits, v the teacher's, y the labels.
        public let call: String
        /// The weight that the call was given, where it takes one and mixes in the hard loss.
        public let alpha: Double?
        /// The loss by the probe's id.
        public let values: [String: StatedNumber]
    }

    /// The calls' arguments.
    public let probes: [LossProbe]
    /// The calls, with what they gave.
    public let calls: [Call]

    /// Reads the file at `path`.
    public init(contentsOf path: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// What a call gave, as a user would hand it in.
    public func answers(of call: Call) -> LossAnswers {
        let asked = probes.filter { call.values[$0.id] != nil }.map { probe in
            LossProbe(
                id: probe.id, teacher: probe.teacher, student: probe.student, labels: probe.labels,
                temperature: probe.temperature, alpha: call.alpha)
        }
        return LossAnswers(asked, values: asked.compactMap { call.values[$0.id]?.value })
    }
}

/// A number in JSON, or the word for one that JSON has not: `nan`, `inf`, `-inf`.
public struct StatedNumber: Sendable, Hashable, Decodable {
    /// The number; NaN and ±∞ among them.
    public let value: Double

    /// Reads a number, or one of the words `nan`, `inf` and `-inf`.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
            value = number
            return
        }
        switch try container.decode(String.self).lowercased() {
        case "nan": value = .nan
        case "inf", "infinity": value = .infinity
        case "-inf", "-infinity": value = -.infinity
        case let other:
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "`\(other)` is no number")
        }
    }
}
