import Distillation
import Foundation
import Tensors
import TestSupport
import Testing

@Suite final class SafetensorsTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("safetensors-\(UUID())")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private static let golden = testFile("Golden/network.safetensors").path

    private func file(_ header: String, data: [UInt8] = [], length: UInt64? = nil) -> [UInt8] {
        withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { Array($0) } + header.utf8 + data
    }

    private func reason(_ bytes: [UInt8]) -> String? {
        do {
            _ = try Safetensors(decoding: bytes, path: "x.safetensors")
            return nil
        } catch {
            return error.description
        }
    }

    /// Written by the package safetensors for Python (script/record-loss-references.d/network.py).
    @Test func aFileOfAnotherToolIsRead() throws {
        let network = try Network(contentsOf: Self.golden)
        #expect(network.inputs == 2 && network.seed == 7)
        #expect(network.layers == [.dense(Dense(3, activation: .relu)), .dropout(Dropout(0.5)), .dense(Dense(2))])
        #expect(network.weights(ofDenseLayer: 0) == Matrix(rows: [[0, 0.25, 0.5], [0.75, 1, 1.25]]))
        #expect(network.bias(ofDenseLayer: 0) == [0.5, -1, 2])
        #expect(network.weights(ofDenseLayer: 1) == Matrix(rows: [[-3, -2], [-1, 0], [1, 2]]))
        #expect(network.bias(ofDenseLayer: 1) == [0.25, 8])
    }

    @Test func aNetworkIsReadBackAsItWas() throws {
        let network = Network(inputs: 5, seed: 3) {
            Dropout(0.1)
            Dense(4, activation: .tanh, maxNorm: 2)
            Dropout(0.25)
            Dense(3)
        }
        try network.write(to: path("net"))
        #expect(try Network(contentsOf: path("net")) == network)
        var other = Network(inputs: 5, seed: 9, layers: network.layers)
        try other.load(from: path("net"))
        #expect(other.parameters == network.parameters)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["net"])
    }

    @Test func whatIsWrittenIsReadBackWhateverTheNames() throws {
        var file = Safetensors(metadata: ["note": "a \"quoted\"\nline \\ and ü"])
        file.add("ü/\"x\"", shape: [2, 0], [])
        file.add("scalar", shape: [], [1.5])
        file.add("ids", [1, .max])
        #expect(try Safetensors(decoding: file.encoded, path: "x") == file)
        #expect(file.encoded.count % 8 == 4)
    }

    @Test(arguments: [
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "has 4 bytes, but its shape [2] needs 8"),
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4, "the file is cut off"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 6, "2 bytes at its end belong to no tensor"),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}"#,
            6, "within the tensor before it"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#,
            12, "after a hole from 4"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8, "two entries named `a`"
        ),
        (#"{"a":{"dtype":"F4","shape":[8],"data_offsets":[0,4]}}"#, 4, "is of type F4"),
        (#"{"a":{"dtype":"F4","shape":[7],"data_offsets":[0,4]}}"#, 4, "ends within a byte"),
        (#"{"a":{"dtype":"BF16","shape":[3],"data_offsets":[0,4]}}"#, 4, "has 4 bytes, but its shape [3] needs 6"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "before it begins"),
        (
            #"{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#, 4, "which no file can hold"
        ),
        (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "an integer is expected"),
        (#"{"a":{"dtype":"F32","shape":[1]}}"#, 0, "gives no `data_offsets` of `a`"),
        (#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":"y"}}"#, 4, "unknown `x`"),
        (#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 4, "gives `dtype` of `a` twice"),
        (#"{"__metadata__":{"k":"1","k":"2"}}"#, 0, "two entries named `k`"),
        (#"{} x"#, 0, "its end is expected"),
        (#"{"a"#, 0, "the end of a string is expected"),
        (#"[]"#, 0, "`{` is expected"),
        ("", 0, "`{` is expected"),
    ])
    func aFileThatLiesIsRefused(header: String, count: Int, cause: String) {
        let text = reason(file(header, data: Array(repeating: 0, count: count)))
        #expect(text?.contains(cause) == true, "\(text ?? "it was read")")
        #expect(text?.hasPrefix("x.safetensors: ") == true)
    }

    @Test func headersThatCannotBeAreRefused() {
        #expect(reason([1, 2, 3])?.contains("fewer than a header") == true)
        #expect(reason(file("{}", length: 3))?.contains("3 bytes, but 2 follow") == true)
        #expect(reason(file("{}", length: .max))?.contains("at most 100000000 are read") == true)
        #expect(reason(file("{}", length: 100_000_001))?.contains("at most 100000000 are read") == true)
    }

    @Test func numbersThatAreNoneAreReadButMakeNoNetwork() throws {
        var network = Network(inputs: 1, seed: 1) { Dense(3) }
        for number: Float in [.nan, .infinity, -.infinity] {
            var file = Safetensors()
            file.add("dense.0.weight", shape: [1, 3], [0, 1, number])
            file.add("dense.0.bias", shape: [3], [0, 0, 0])
            #expect(reason(file.encoded) == nil)
            try file.write(to: path("net"))
            let error = #expect(throws: SafetensorsError.self) { try network.load(from: path("net")) }
            #expect(error?.reason == "tensor `dense.0.weight`: number 2 is NaN or infinite")
        }
    }

    @Test func aTensorOfAStrangeTypeIsRefusedWhenItIsAskedFor() throws {
        let header =
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"X9","shape":[3],"data_offsets":[4,9]}}"#
        let file = try SafetensorsFile(decoding: self.file(header, data: Array(repeating: 0, count: 9)), path: "x")
        #expect(file.names == ["a", "b"] && file.typeName(of: "b") == "X9" && file.shape(of: "b") == [3])
        #expect(try file.tensor(named: "a").floats() == [0])
        #expect(throws: SafetensorsError.self) { try file.tensor(named: "b") }
        let absent = #expect(throws: SafetensorsError.self) { try file.tensor(named: "c") }
        #expect(absent?.description == "x: there is no tensor `c`; there are `a`, `b`")
    }

    /// Any file cut short, and any with a byte changed, is read as what it then is or refused; it never stops the program.
    @Test func damagedFilesAreRefusedOrRead() throws {
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: Self.golden)))
        for length in 0..<whole.count { #expect(reason(Array(whole[..<length])) != nil) }
        var stream = RandomStream(seed: 1, purpose: .data)
        for _ in 0..<2000 {
            var bytes = whole
            bytes[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
            try Data(bytes).write(to: URL(fileURLWithPath: path("damaged")))
            _ = try? Network(contentsOf: path("damaged"))
        }
    }

    @Test func tensorsMustBeThoseOfTheNetwork() throws {
        let network = Network(inputs: 4, seed: 1) { Dense(3) }
        try network.write(to: path("net"))
        func cause(_ other: Network, _ file: String = "net") -> String? {
            var other = other
            do {
                try other.load(from: path(file))
                return nil
            } catch {
                return error.description
            }
        }
        #expect(
            cause(Network(inputs: 5, seed: 1) { Dense(3) })?.contains("has the shape [4, 3]; the network needs [5, 3]")
                == true)
        let deeper = Network(inputs: 4, seed: 1) {
            Dense(3)
            Dense(3)
        }
        #expect(cause(deeper)?.contains("there is no tensor `dense.1.bias`") == true)
        try deeper.write(to: path("deeper"))
        #expect(cause(network, "deeper")?.contains("`dense.1.bias`, of which the network knows nothing") == true)
        #expect(cause(network, "missing")?.contains("missing: it cannot be read") == true)
        var plain = Safetensors()
        plain.add("dense.0.weight", [1])
        try plain.write(to: path("plain"))
        #expect(throws: SafetensorsError.self) { try Network(contentsOf: self.path("plain")) }
        #expect(throws: SafetensorsError.self) { try network.write(to: self.path("no/such/folder")) }
    }
}
