import Foundation
import Wire

/// As much of JSON Schema (draft 2020-12) as the project's schemas use. A keyword that it does not know is a problem, so that
/// none is passed over.
struct JSONSchema {
    private let root: JSONValue

    init(contentsOf file: URL) throws { root = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file)) }

    /// What is wrong with a value, each with its place in it.
    func problems(in value: JSONValue) -> [String] { problems(value, root, at: "$") }

    private func problems(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        guard case .object(let keywords) = schema else { return ["\(place): the schema is no object"] }
        return keywords.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            problems(value, keyword, rule, of: keywords, at: place)
        }
    }

    private func problems(
        _ value: JSONValue, _ keyword: String, _ rule: JSONValue, of schema: [String: JSONValue], at place: String
    ) -> [String] {
        func require(_ holds: Bool) -> [String] { holds ? [] : ["\(place): \(keyword) is broken"] }
        switch (keyword, rule, value) {
        case ("$schema", _, _), ("$defs", _, _), ("$comment", _, _), ("title", _, _), ("description", _, _): return []
        case ("$ref", .string(let path), _):
            guard let target = definition(path) else { return ["\(place): the schema has no \(path)"] }
            return problems(value, target, at: place)
        case ("type", .string(let name), _): return require(isOfType(name, value))
        case ("const", _, _): return require(value == rule)
        case ("enum", .array(let values), _): return require(values.contains(value))
        case ("minimum", .number(let bound), .number(let number)): return require(number >= bound)
        case ("maximum", .number(let bound), .number(let number)): return require(number <= bound)
        case ("minLength", .number(let bound), .string(let text)):
            return require(Double(text.unicodeScalars.count) >= bound)
        case ("pattern", .string(let pattern), .string(let text)):
            return require((try? Regex(pattern).firstMatch(in: text)) != nil)
        case ("minItems", .number(let bound), .array(let items)): return require(Double(items.count) >= bound)
        case ("items", _, .array(let items)):
            return items.enumerated().flatMap { problems($1, rule, at: "\(place)[\($0)]") }
        case ("minProperties", .number(let bound), .object(let members)): return require(Double(members.count) >= bound)
        case ("maxProperties", .number(let bound), .object(let members)): return require(Double(members.count) <= bound)
        case ("required", .array(let names), .object(let members)):
            return require(names.allSatisfy { name in members.keys.contains { .string($0) == name } })
        case ("properties", .object(let rules), .object(let members)):
            return members.flatMap { name, member in
                rules[name].map { problems(member, $0, at: "\(place).\(name)") } ?? []
            }
        case ("additionalProperties", _, .object(let members)):
            let known = if case .object(let rules)? = schema["properties"] { Set(rules.keys) } else { Set<String>() }
            return members.filter { !known.contains($0.key) }.flatMap { name, member in
                rule == .bool(false)
                    ? ["\(place): \(name) is no member of it"] : problems(member, rule, at: "\(place).\(name)")
            }
        case ("minimum", .number, _), ("maximum", .number, _), ("minLength", .number, _), ("pattern", .string, _),
            ("minItems", .number, _), ("items", .object, _), ("minProperties", .number, _),
            ("maxProperties", .number, _), ("required", .array, _), ("properties", .object, _),
            ("additionalProperties", _, _):
            // What they ask is of values of another type.
            return []
        default: return ["\(place): the schema's keyword \(keyword) is not known here"]
        }
    }

    private func definition(_ path: String) -> JSONValue? {
        guard path.hasPrefix("#/") else { return nil }
        return path.dropFirst(2).split(separator: "/").reduce(Optional(root)) { value, name in
            if case .object(let members)? = value { members[String(name)] } else { nil }
        }
    }

    private func isOfType(_ name: String, _ value: JSONValue) -> Bool {
        switch (name, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("number", .number), ("boolean", .bool): true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }
}
