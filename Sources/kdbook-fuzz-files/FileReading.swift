import Datasets
import Distillation
import Foundation

/// Reads `bytes` as every kind of file of data and of networks; what breaks a law traps.
func readFile(_ bytes: [UInt8]) {
    let source = ByteSource(bytes, path: "x")
    if let array = try? NumberArray(npy: source) { readNumbers(array) }
    if let file = try? NPZFile(source) {
        for name in file.names { _ = (try? file.array(named: name, maximumByteCount: 1 << 16)).map(readNumbers) }
    }
    if let file = try? SafetensorsFile(decoding: bytes, path: "x") {
        for name in file.names { _ = (try? file.tensor(named: name)).map(readNumbers) }
        guard let whole = try? Safetensors(decoding: bytes, path: "x") else { return }
        let again = try? Safetensors(decoding: whole.encoded, path: "x")
        precondition(again == whole, "tensors that are written are read back as others")
    }
    if let file = try? HDF5File(source) {
        for path in (try? file.datasets()) ?? [] {
            _ = (try? file.array(at: path, maximumByteCount: 1 << 16)).map(readNumbers)
            _ = try? file.texts(ofAttribute: "name", at: path)
        }
        _ = try? file.texts(ofAttribute: "layer_names")
    }
    guard bytes.starts(with: [0, 0]) || bytes.starts(with: [0x1F, 0x8B]) else { return }
    try? Data(bytes).write(to: URL(fileURLWithPath: idxPath))
    _ = (try? NumberArray(contentsOfIDX: idxPath, maximumCount: 1 << 16)).map(readNumbers)
}

private let idxPath = FileManager.default.temporaryDirectory.appendingPathComponent("kdbook-fuzz-\(getpid()).idx").path

/// An array has as many numbers as its shape says, and is written as it was read.
private func readNumbers(_ array: NumberArray) {
    precondition(
        array.shape.contains(0) || array.shape.reduce(1, *) == array.count, "an array has another number of numbers")
    _ = (try? array.floats(), try? array.integers())
    if let doubles = try? array.doubles() { precondition(doubles.count == array.count, "numbers are missing") }
    guard let bytes = try? array.npy(), array.shape.count < 64 else { return }
    let again = try? NumberArray(npy: ByteSource(bytes, path: "y"))
    precondition(again == array, "an array that is written is read back as another")
}
