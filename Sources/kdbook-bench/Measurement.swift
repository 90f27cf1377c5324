import Foundation

/// One measured figure, as a line of JSON.
struct Measurement: Codable {
    var work: String
    var value: Double
    var unit: String
    /// The peer's figure for the same work, where it was measured alternately in this process.
    var peer: Double?

    func printLine() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}

/// How many seconds `body` takes.
func seconds(_ body: () -> Void) -> Double {
    let elapsed = ContinuousClock().measure(body)
    return Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
