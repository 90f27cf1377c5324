import Distillation
import Foundation
import Tensors
import TestSupport
import Testing

/// Files of torch and Keras, and what these predict (script/record-file-references).
struct CheckpointFiles {
    /// Six rows of five numbers.
    let inputs: Matrix
    private let predictions: [String: [Double]]
    /// What torch makes of the numbers of each type.
    let types: [String: [String]]

    init() throws {
        struct Content: Decodable {
            let types: [String: [String]]
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: Self.path("networks.json")))
        let values = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        predictions = values.compactMapValues { $0 as? [Double] }
        types = try JSONDecoder().decode(Content.self, from: data).types
        inputs = Matrix(rows: 6, columns: 5, elements: try #require(predictions["inputs"]).map { Float($0) })
    }

    static func path(_ name: String) -> String {
        testFile("Golden/files/\(name)").path
    }

    /// The largest difference of outputs from those of a model.
    func distance(of outputs: Matrix, from model: String) throws -> Double {
        let wanted = try #require(predictions[model])
        try #require(wanted.count == outputs.elements.count)
        return zip(outputs.elements, wanted).map { abs(Double($0) - $1) }.max() ?? 0
    }
}

/// The probabilities of each row's logits.
func probabilities(_ logits: Matrix) -> Matrix {
    Matrix(
        rows: (0..<logits.rows).map { row in
            let powers = logits.row(row).map { exp(Double($0)) }
            return powers.map { Float($0 / powers.reduce(0, +)) }
        })
}
