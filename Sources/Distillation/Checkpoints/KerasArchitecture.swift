internal import Foundation

/// The layers of a model, as Keras's configuration describes them in JSON.
struct KerasArchitecture {
    let layers: [Layer]

    /// Why it is none of ours.
    struct Problem: Error {
        let reason: String
    }

    private struct Model: Decodable {
        struct Config: Decodable { var layers: [Part] }

        var class_name: String
        var config: Config
    }

    private struct Part: Decodable {
        struct Config: Decodable {
            var name: String?
            var units: Int?
            var activation: Name?
            var rate: Double?
            var kernel_constraint: Constraint?
        }

        var class_name: String
        var config: Config
    }

    private struct Constraint: Decodable {
        struct Config: Decodable { var max_value: Double?, axis: Int? }

        var class_name: String
        var config: Config
    }

    /// A word; `nil` where Keras describes a function of the author's.
    private struct Name: Decodable {
        let word: String?

        init(_ word: String) { self.word = word }

        init(from decoder: any Decoder) throws { word = try? decoder.singleValueContainer().decode(String.self) }
    }

    init(json: String) throws(Problem) {
        guard let model = try? JSONDecoder().decode(Model.self, from: Data(json.utf8)) else {
            throw Problem(reason: "its configuration is not as Keras writes it")
        }
        guard model.class_name == "Sequential" else {
            throw Problem(
                reason: "it is a \(model.class_name) model, of which only the weights can be read: "
                    + "make a Network with its layers, and call load(fromKeras:)")
        }
        var layers: [Layer] = []
        for (index, part) in model.config.layers.enumerated() {
            try Self.add(part, isLast: index == model.config.layers.count - 1, to: &layers)
        }
        self.layers = layers
    }

    private static func add(_ part: Part, isLast: Bool, to layers: inout [Layer]) throws(Problem) {
        let config = part.config
        let name = "\(part.class_name) `\(config.name ?? "")`"
        switch part.class_name {
        case "InputLayer", "Flatten": break
        case "Dense":
            guard let units = config.units, units > 0 else { throw Problem(reason: "\(name) has no units") }
            let activation = try activation(config.activation, isLast: isLast, of: name)
            layers.append(.dense(Dense(units, activation: activation, maxNorm: maxNorm(config.kernel_constraint))))
        case "Dropout":
            guard let rate = config.rate, 0..<1 ~= rate else { throw Problem(reason: "\(name) has no rate below 1") }
            if rate > 0 { layers.append(.dropout(Dropout(rate))) }
        case "Activation", "ReLU", "Softmax":
            let word = part.class_name == "Activation" ? config.activation : Name(part.class_name.lowercased())
            let activation = try activation(word, isLast: isLast, of: name)
            if activation == .identity { break }
            guard case .dense(let dense) = layers.last, dense.activation == .identity else {
                throw Problem(reason: "\(name) stands behind no dense layer without an activation")
            }
            layers[layers.count - 1] = .dense(Dense(dense.units, activation: activation, maxNorm: dense.maxNorm))
        default: throw Problem(reason: "it has a layer \(name), which a Network does not know")
        }
    }

    private static func activation(_ name: Name?, isLast: Bool, of layer: String) throws(Problem) -> Activation {
        switch name?.word {
        case "linear": return .identity
        case nil where name == nil: return .identity
        case "relu": return .relu
        case "tanh": return .tanh
        case "sigmoid": return .sigmoid
        // A network gives logits.
        case "softmax" where isLast: return .identity
        default:
            throw Problem(
                reason: "\(layer) has the activation \(name?.word ?? "of a function"), which a Network does not know")
        }
    }

    /// The bound on each unit's weights, which are a column of the kernel.
    private static func maxNorm(_ constraint: Constraint?) -> Double? {
        guard let constraint, constraint.class_name == "MaxNorm", constraint.config.axis ?? 0 == 0 else { return nil }
        return constraint.config.max_value.flatMap { $0 > 0 ? $0 : nil }
    }
}
