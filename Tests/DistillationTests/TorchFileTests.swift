import Datasets
import Distillation
import Foundation
import Tensors
import Testing

@Suite final class TorchFiles {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("torch-\(UUID())")
    private let files: CheckpointFiles

    init() throws {
        files = try CheckpointFiles()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    deinit { try? FileManager.default.removeItem(at: folder) }

    private func write(_ text: String, to name: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    private func stack(seed: UInt64 = 1) -> Network {
        Network(inputs: 5, seed: seed) {
            Dense(4, activation: .relu)
            Dropout(0.2)
            Dense(3)
        }
    }

    @Test(arguments: ["torch.safetensors", "model.safetensors.index.json"])
    func aStackOfTorchPredictsTheSame(file: String) throws {
        var network = stack()
        try network.load(fromTorch: CheckpointFiles.path(file))
        #expect(try files.distance(of: network(files.inputs), from: "torch") < 1e-6)
    }

    @Test func halvesAndDoublesAreConvertedAndOtherTensorsLeftAside() throws {
        var network = Network(inputs: 5, seed: 1) {
            Dense(4, activation: .tanh)
            Dense(3)
        }
        let path = CheckpointFiles.path("torch-mixed.safetensors")
        try network.load(fromTorch: path, layers: ["encoder", "head"])
        #expect(network.bias(ofDenseLayer: 0) == [0, 0, 0, 0])
        #expect(try files.distance(of: network(files.inputs), from: "torch-mixed") < 1e-6)
        let error = #expect(throws: SafetensorsError.self) { try network.load(fromTorch: path) }
        #expect(
            error?.reason
                == "`encoder.num_batches_tracked` are of no linear layer; name the layers to read, in their order")
    }

    @Test func whatIsWrittenForTorchHasItsNamesAndIsReadBack() throws {
        let path = folder.appendingPathComponent("x.safetensors").path
        let network = stack(seed: 4)
        try network.write(forTorch: path)
        let file = try SafetensorsFile(contentsOf: path)
        let theirs = try SafetensorsFile(contentsOf: CheckpointFiles.path("torch.safetensors"))
        #expect(file.names == theirs.names && file.names.map(file.shape) == theirs.names.map(theirs.shape))
        var other = stack(seed: 5)
        try other.load(fromTorch: path)
        #expect(other.parameters == network.parameters)
        try network.write(forTorch: path, layers: ["b", "a"])
        try other.load(fromTorch: path, layers: ["b", "a"])
        #expect(other.parameters == network.parameters)
        let error = #expect(throws: SafetensorsError.self) { try other.load(fromTorch: path) }
        #expect(error?.reason == "the names `a`, `b` do not tell the layers' order; name them in it")
    }

    @Test func numbersInNamesGiveTheOrder() throws {
        var file = Safetensors()
        for (name, number) in [("net.10", Float(2)), ("net.9", 1)] {
            file.add("\(name).weight", shape: [1, 1], [number])
            file.add("\(name).bias", shape: [1], [number])
        }
        let path = folder.appendingPathComponent("x").path
        try file.write(to: path)
        var network = Network(inputs: 1, seed: 1) {
            Dense(1)
            Dense(1)
        }
        try network.load(fromTorch: path)
        #expect(network.parameters == [1, 1, 2, 2])
    }

    @Test func layersOfOtherSizesAreNamed() throws {
        var network = Network(inputs: 5, seed: 1) { Dense(3) }
        let path = CheckpointFiles.path("torch.safetensors")
        let count = #expect(throws: SafetensorsError.self) { try network.load(fromTorch: path) }
        #expect(count?.reason == "2 dense layers are there, `0`, `3`; the network has 1")
        let size = #expect(throws: SafetensorsError.self) { try network.load(fromTorch: path, layers: ["0"]) }
        #expect(size?.reason == "layer `0` takes 5 numbers and gives 4; the network's takes 5 and gives 3")
        let name = #expect(throws: SafetensorsError.self) { try network.load(fromTorch: path, layers: ["fc"]) }
        #expect(name?.reason.hasPrefix("there is no table `fc.weight`; there are `0.bias`, ") == true)
    }

    @Test func everyTypeIsReadAsTorchReadsIt() throws {
        let file = try SafetensorsFile(contentsOf: CheckpointFiles.path("types.safetensors"))
        for (name, numbers) in files.types {
            let wanted = try numbers.map { try #require(Double($0)) }
            let found = try file.tensor(named: name).doubles()
            #expect(
                found.count == wanted.count
                    && zip(found, wanted).allSatisfy { $0.isNaN && $1.isNaN || $0.bitPattern == $1.bitPattern },
                "\(name)")
        }
        #expect(files.types.count == 18)
        #expect(try file.tensor(named: "complex64").type == .complex64)
        let error = #expect(throws: SafetensorsError.self) { try file.tensor(named: "float4") }
        #expect(error?.reason.hasPrefix("tensor `float4` is of type F4; read are BF16, ") == true)
    }

    @Test func whatIsReadIsWrittenTheSame() throws {
        let file = try SafetensorsFile(contentsOf: CheckpointFiles.path("types.safetensors"))
        var copy = Safetensors(metadata: file.metadata)
        for name in file.names where name != "float4" { copy.add(name, try file.tensor(named: name)) }
        #expect(try Safetensors(decoding: copy.encoded, path: "x") == copy)
    }

    @Test(arguments: [
        (#"{"weight_map": {"a": "../x.safetensors"}}"#, "`../x.safetensors`, which is no file beside it"),
        (#"{"weight_map": {"a": "/etc/passwd"}}"#, "which is no file beside it"),
        (#"{"weight_map": {"a": "x.index.json"}}"#, "which is no file beside it"),
        (#"{"weight_map": {"a": "absent"}}"#, "cannot be read"), (#"{"weight_map": 3}"#, "it is no index"),
        (String(repeating: "[", count: 100_000), "it is no index"),
    ])
    func anIndexThatLeadsElsewhereIsRefused(index: String, words: String) throws {
        let path = try write(index, to: "model.safetensors.index.json")
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(contentsOf: path) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func aTensorThatIsNotWhereTheIndexSaysIsNamed() throws {
        try stack().write(forTorch: folder.appendingPathComponent("x.safetensors").path)
        let path = try write(#"{"weight_map": {"7.weight": "x.safetensors"}}"#, to: "index.json")
        let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(contentsOf: path) }
        #expect(error?.reason == "tensor `7.weight` is said to be in x.safetensors, where it is not")
    }
}
