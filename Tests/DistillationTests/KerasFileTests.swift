import Datasets
import Distillation
import Foundation
import Tensors
import Testing

@Suite struct KerasFiles {
    private let files: CheckpointFiles

    init() throws { files = try CheckpointFiles() }

    private static let layers: [Layer] = [
        .dropout(Dropout(0.1)), .dense(Dense(4, activation: .relu, maxNorm: 2)), .dropout(Dropout(0.25)),
        .dense(Dense(4, activation: .tanh)), .dense(Dense(3)),
    ]

    @Test(arguments: ["keras.h5", "keras.keras", "keras2.h5"])
    func aModelIsReadWithItsLayersAndPredictsTheSame(name: String) throws {
        let network = try Network(keras: CheckpointFiles.path(name))
        #expect(network.layers == Self.layers && network.inputs == 5)
        #expect(try files.distance(of: probabilities(network(files.inputs)), from: "keras") < 1e-6)
    }

    @Test(arguments: ["keras.weights.h5", "keras.h5", "keras.keras", "keras2.h5"])
    func weightsAreReadIntoANetworkOfTheSameLayers(name: String) throws {
        var network = Network(inputs: 5, seed: 1, layers: Self.layers)
        try network.load(fromKeras: CheckpointFiles.path(name))
        #expect(try files.distance(of: probabilities(network(files.inputs)), from: "keras") < 1e-6)
        #expect(network.bias(ofDenseLayer: 1) == [0, 0, 0, 0])
    }

    @Test func thirteenLayersAreReadInTheirOrder() throws {
        let layers = (0..<11).map { _ in Layer.dense(Dense(5, activation: .tanh)) } + [.dense(Dense(3))]
        var network = Network(inputs: 5, seed: 1, layers: layers)
        try network.load(fromKeras: CheckpointFiles.path("deep.weights.h5"))
        #expect(try files.distance(of: network(files.inputs), from: "deep") < 1e-5)
    }

    @Test func sixteenBitsAreConverted() throws {
        var network = Network(inputs: 5, seed: 1) { Dense(3) }
        try network.load(fromKeras: CheckpointFiles.path("bfloat16.weights.h5"))
        #expect(try files.distance(of: network(files.inputs), from: "bfloat16") < 1e-6)
    }

    @Test func whatIsWrittenForKerasHasItsNamesAndIsReadBack() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("keras-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("x.weights.h5").path
        let network = Network(inputs: 5, seed: 4, layers: Self.layers)
        try network.write(forKeras: path)
        let theirs = try HDF5File(contentsOf: CheckpointFiles.path("keras.weights.h5")).datasets()
        let ours = try HDF5File(contentsOf: path).datasets()
        // Theirs has no bias in the second layer.
        #expect(Set(ours) == Set(theirs).union(["layers/dense_1/vars/1"]))
        var other = Network(inputs: 5, seed: 5, layers: Self.layers)
        try other.load(fromKeras: path)
        #expect(other.parameters == network.parameters)
        let error = #expect(throws: DataError.self) { try network.write(forKeras: folder.path + "/x.h5") }
        #expect(error?.cure == "call it `NAME.weights.h5`")
    }

    @Test func whatANetworkDoesNotKnowIsNamed() throws {
        let path = CheckpointFiles.path("normalised.h5")
        let layer = #expect(throws: DataError.self) { try Network(keras: path) }
        #expect(layer?.cause.contains("batch_normalization` is not dense") == true, "\(String(describing: layer))")
        let weights = #expect(throws: DataError.self) { try Network(keras: CheckpointFiles.path("keras.weights.h5")) }
        #expect(weights?.cause == "it holds weights and no model")
        var network = Network(inputs: 5, seed: 1) { Dense(3) }
        let count = #expect(throws: DataError.self) { try network.load(fromKeras: CheckpointFiles.path("keras.h5")) }
        #expect(count?.cause == "3 dense layers are there, `hidden`, `dense`, `dense_1`; the network has 1")
        let other = #expect(throws: DataError.self) {
            try network.load(fromKeras: URL(fileURLWithPath: #filePath).path)
        }
        #expect(other?.cause == "it is no HDF5 file")
    }
}
