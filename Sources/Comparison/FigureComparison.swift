import Notebook
import Wire

/// How figures differ: in the data they were drawn from and, where the data is the same to the bit, in their words, their
/// size and their pixels.
///
/// Data that differs within the tolerance makes other pictures; they are as near as the data.
func mismatches(
    between recorded: FigureContent, and found: FigureContent, within tolerance: Tolerance
) -> [Mismatch] {
    guard recorded.data == found.data else {
        return mismatches(between: recorded.data, and: found.data, within: tolerance)
    }
    var mismatches: [Mismatch] = []
    if recorded.alternativeText != found.alternativeText {
        mismatches.append(
            Mismatch("alternative text", quoted(recorded.alternativeText), quoted(found.alternativeText)))
    }
    if (recorded.width, recorded.height) != (found.width, found.height) {
        let size = { (figure: FigureContent) in "\(figure.width)×\(figure.height)" }
        mismatches.append(Mismatch("size", size(recorded), size(found)))
    }
    // A picture's digest is of its words, too: where those differ, it says nothing of pixels.
    guard mismatches.isEmpty else { return mismatches }
    for (theme, old, new) in [("light", recorded.light, found.light), ("dark", recorded.dark, found.dark)]
    where old != new {
        mismatches.append(
            Mismatch("pixels of the \(theme) picture", "SHA-256 \(old.prefix(12))…", "SHA-256 \(new.prefix(12))…"))
    }
    return mismatches
}

/// How data differs, each difference with its path: `charts[0].marks[1] “soft labels”.y[3]`. The numbers of an array
/// that differ are told as one, by the first and the farthest.
func mismatches(
    between recorded: JSONValue, and found: JSONValue, within tolerance: Tolerance, path: String = ""
) -> [Mismatch] {
    switch (recorded, found) {
    case (.number(let old), .number(let new)):
        if tolerance.accepts(new, for: old) { return [] }
        return [Mismatch(path, "\(old)", "\(new)", distance: tolerance.distance(from: old, to: new))]
    case (.array(let old), .array(let new)):
        return arrayMismatches(between: old, and: new, within: tolerance, path: path)
    case (.object(let old), .object(let new)):
        return Set(old.keys).union(new.keys).sorted().flatMap { name -> [Mismatch] in
            let path = extended(path, by: name, in: old)
            guard let before = old[name], let after = new[name] else {
                return [Mismatch(path, text(of: old[name]), text(of: new[name]))]
            }
            return mismatches(between: before, and: after, within: tolerance, path: path)
        }
    default:
        return recorded == found ? [] : [Mismatch(path, text(of: recorded), text(of: found))]
    }
}

private func arrayMismatches(
    between recorded: [JSONValue], and found: [JSONValue], within tolerance: Tolerance, path: String
) -> [Mismatch] {
    var result: [Mismatch] = []
    if recorded.count != found.count {
        result.append(Mismatch("count of \(path)", "\(recorded.count)", "\(found.count)"))
    }
    let pairs = zip(recorded, found).enumerated()
    let elements = pairs.map { index, pair in
        mismatches(between: pair.0, and: pair.1, within: tolerance, path: "\(path)[\(index)]")
    }
    let numbers = pairs.filter { index, pair in
        !elements[index].isEmpty && number(pair.0) != nil && number(pair.1) != nil
    }
    guard numbers.count > 1 else { return result + elements.flatMap(\.self) }
    let distances = numbers.compactMap { _, pair in
        number(pair.0).flatMap { old in number(pair.1).map { abs(old - $0) } }
    }
    let isNumber = Set(numbers.map(\.offset))
    for (index, mismatches) in elements.enumerated() where !isNumber.contains(index) { result += mismatches }
    var first = elements[numbers[0].offset][0]
    let finite = distances.filter(\.isFinite)
    let parts = [
        "\(numbers.count) of \(recorded.count) numbers differ",
        finite.max().map { "by at most \(shortened($0))" },
        finite.count < distances.count ? "\(distances.count - finite.count) of them as one of both is no number" : nil,
    ].compactMap(\.self)
    first.distance = [first.distance, parts.joined(separator: ", ")].compactMap(\.self).joined(separator: "; ")
    return result + [first]
}

/// A number, also one that JSON has no sign for.
private func number(_ value: JSONValue) -> Double? {
    switch value {
    case .number(let number): number
    case .string("nan"): .nan
    case .string("inf"): .infinity
    case .string("-inf"): -.infinity
    case .string("-0.0"): -0.0
    default: nil
    }
}

/// The path of a member. Members that only say how a Swift value was encoded are left out, and a labelled mark goes by
/// its label.
private func extended(_ path: String, by name: String, in object: [String: JSONValue]) -> String {
    let isEncoding = name == "_0" || name == "numbers"
    var path = path
    if case .string(let label)? = object["label"], name != "label" { path += " “\(label)”" }
    return isEncoding ? path : path.isEmpty ? name : path + "." + name
}

private func text(of value: JSONValue?) -> String {
    switch value {
    case nil: "nothing"
    case .null: "null"
    case .bool(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): quoted(value)
    case .array(let values): "\(values.count) values"
    case .object(let members): "{\(members.keys.sorted().joined(separator: ", "))}"
    }
}
