/// What was typed after the program's name: a command, words, and options of the form `--name value`.
struct Arguments {
    let command: String
    let words: [String]
    private let options: [String: String]

    init(_ arguments: some Sequence<String>) throws {
        var words: [String] = []
        var options: [String: String] = [:]
        var pending: String?
        for argument in arguments {
            if let name = pending {
                options[name] = argument
                pending = nil
            } else if argument.hasPrefix("--") {
                pending = String(argument.dropFirst(2))
            } else {
                words.append(argument)
            }
        }
        if let pending { throw UsageError("--\(pending) needs a value") }
        guard let command = words.first else {
            throw UsageError("name the work; the head of the program's file lists it")
        }
        self.command = command
        self.words = Array(words.dropFirst())
        self.options = options
    }

    /// What follows `--name`.
    func text(_ name: String) -> String? { options[name] }

    /// The number after `--name`.
    func number(_ name: String, default value: Int, from least: Int = 1) throws -> Int {
        guard let text = options[name] else { return value }
        guard let number = Int(text), number >= least else {
            throw UsageError("--\(name) must be a whole number from \(least) on, not \(text)")
        }
        return number
    }

    /// The rates of dropout after `--name`, as in 0.2,0.5; none where it is not there.
    func rates(_ name: String) throws -> [Double] {
        try (options[name] ?? "").split(separator: ",").map { word in
            guard let rate = Double(word), 0 <= rate, rate < 1 else {
                throw UsageError("--\(name) must be rates from 0 to below 1, as in 0.2,0.5, not \(word)")
            }
            return rate
        }
    }

    /// The word at `index`.
    func word(_ index: Int, _ meaning: String) throws -> String {
        guard words.indices.contains(index) else { throw UsageError("\(command) needs \(meaning)") }
        return words[index]
    }
}

/// A command line that means nothing.
struct UsageError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
