internal import Foundation

/// Why a file of answers is of no use, and what to do about it.
public struct LossFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Where in the file: a probe's id or a field's name; empty for the file as a whole.
    public let place: String
    /// The cause, and the cure.
    public let cause: String

    /// The place and the cause.
    public var description: String { place.isEmpty ? cause : "\(place): \(cause)" }
}

extension LossAnswers {
    /// Reads what a program wrote: `{"values": {"three": 1.32, …}}`, with `"gradients"`, `"precision"` and `"probes"` where it likes.
    ///
    /// Numbers that are none may stand as Python and JavaScript write them: NaN, Infinity, "nan", "inf".
    ///
    /// - Throws: ``LossFileError``, which names the place, the cause and the cure.
    public init(json: [UInt8]) throws(LossFileError) {
        let file = try LossAnswers.decoded(json)
        let probes = try file.probes.map(LossAnswers.checked) ?? LossProbe.standard
        guard let stated = file.values else {
            throw LossFileError(
                place: "values",
                cause: "there are none; write {\"values\": {\"\(probes[0].id)\": …}},"
                    + " a number for each probe")
        }
        var values: [Double] = []
        for probe in probes {
            guard let value = stated[probe.id] else {
                throw LossFileError(
                    place: probe.id,
                    cause: "this probe has no value; run the loss on all \(probes.count)"
                        + " that `kdbook diagnose-loss --probes` lists")
            }
            values.append(value.value)
        }
        let ids = Set(probes.map(\.id))
        if let stranger = stated.keys.sorted().first(where: { !ids.contains($0) }) {
            throw LossFileError(
                place: stranger, cause: "there is no such probe; `kdbook diagnose-loss --probes` lists them")
        }
        let gradients = try LossAnswers.gradients(file.gradients ?? [:], of: probes)
        self.init(probes, values: values, gradients: gradients, precision: try LossAnswers.precision(file.precision))
    }

    private struct File: Decodable {
        let probes: [Probe]?
        let values: [String: StatedNumber]?
        let gradients: [String: [[StatedNumber]]]?
        let precision: String?
    }

    private struct Probe: Decodable {
        let id: String
        let teacher: [[Double]]
        let student: [[Double]]
        let labels: [Int]
        let temperature: Double
        let alpha: Double?
    }

    private static func decoded(_ json: [UInt8]) throws(LossFileError) -> File {
        do {
            return try JSONDecoder().decode(File.self, from: Data(withQuotedWords(json)))
        } catch let error as DecodingError {
            throw LossFileError(place: place(of: error), cause: cause(of: error))
        } catch {
            throw LossFileError(place: "", cause: "it is no JSON")
        }
    }

    private static func place(of error: DecodingError) -> String {
        let path: [any CodingKey] =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
                .dataCorrupted(let context):
                context.codingPath
            @unknown default: []
            }
        return path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }

    private static func cause(of error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, _): "`\(key.stringValue)` is missing"
        case .valueNotFound: "there is null where a number must stand"
        case .typeMismatch(_, let context) where context.codingPath.first?.stringValue == "values":
            "each value must be one number: reduce the loss to a scalar, such as float(loss)"
        case .typeMismatch: "this is of another kind than expected; see `kdbook diagnose-loss --help`"
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "it is no JSON, or not whole"
        case .dataCorrupted(let context): context.debugDescription
        @unknown default: "it cannot be read"
        }
    }

    private static func checked(_ probes: [Probe]) throws(LossFileError) -> [LossProbe] {
        guard !probes.isEmpty else { throw LossFileError(place: "probes", cause: "the list is empty; leave it out") }
        var result: [LossProbe] = []
        for probe in probes {
            let classes = probe.teacher.first?.count ?? 0
            let isWhole =
                classes > 1 && probe.teacher.count == probe.labels.count && probe.student.count == probe.labels.count
                && (probe.teacher + probe.student).allSatisfy { $0.count == classes }
            guard isWhole else {
                throw LossFileError(
                    place: probe.id,
                    cause: "teacher, student and labels must have as many rows,"
                        + " and all rows as many classes")
            }
            guard probe.temperature > 0 else {
                throw LossFileError(place: probe.id, cause: "the temperature must be above 0")
            }
            guard probe.labels.allSatisfy({ (0..<classes).contains($0) }) else {
                throw LossFileError(place: probe.id, cause: "labels must be from 0 to \(classes - 1)")
            }
            guard !result.contains(where: { $0.id == probe.id }) else {
                throw LossFileError(place: probe.id, cause: "two probes have this id; give each its own")
            }
            result.append(
                LossProbe(
                    id: probe.id, teacher: probe.teacher, student: probe.student, labels: probe.labels,
                    temperature: probe.temperature, alpha: probe.alpha))
        }
        return result
    }

    private static func gradients(
        _ stated: [String: [[StatedNumber]]], of probes: [LossProbe]
    ) throws(LossFileError) -> [String: [[Double]]] {
        for (id, rows) in stated.sorted(by: { $0.key < $1.key }) {
            guard let probe = probes.first(where: { $0.id == id }) else {
                throw LossFileError(place: "gradients.\(id)", cause: "there is no such probe")
            }
            guard rows.map(\.count) == probe.student.map(\.count) else {
                throw LossFileError(
                    place: "gradients.\(id)",
                    cause: "the gradient must have the shape of the student's logits, \(probe.rows) × \(probe.classes)")
            }
        }
        return stated.mapValues { $0.map { $0.map(\.value) } }
    }

    private static func precision(_ name: String?) throws(LossFileError) -> Precision? {
        guard let name else { return nil }
        if let precision = Precision(named: name) { return precision }
        throw LossFileError(
            place: "precision",
            cause: "`\(name)` is none of float64, float32, float16 and bfloat16;"
                + " leave it out to have it seen")
    }
}

/// JSON in which NaN and Infinity, which Python writes bare, are strings.
private func withQuotedWords(_ json: [UInt8]) -> [UInt8] {
    let words = ["-Infinity", "Infinity", "NaN"].map { Array($0.utf8) }
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var result: [UInt8] = []
    var (place, isInString) = (0, false)
    while place < json.count {
        if !isInString, let word = words.first(where: { json[place...].starts(with: $0) }) {
            result += [quote] + word + [quote]
            place += word.count
            continue
        }
        if isInString, json[place] == backslash, place + 1 < json.count {
            result += json[place...(place + 1)]
            place += 2
            continue
        }
        if json[place] == quote { isInString.toggle() }
        result.append(json[place])
        place += 1
    }
    return result
}
