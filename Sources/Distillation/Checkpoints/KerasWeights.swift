internal import Datasets
internal import Tensors

/// The dense layers' weights in a file of Keras, in the order of the model's layers.
///
/// A `.weights.h5` file has a group for each layer, called by its class and a number that counts the layers of the class
/// (`dense`, `dense_1` …), which is the order; the layer's own name is an attribute. A model as `.h5`, and weights of Keras 2, have
/// lists of names. Seen in files of Keras 3.15.1; a file as Keras 2 writes them was made with h5py.
struct KerasWeights {
    private(set) var layers: [(name: String, parameters: DenseParameters)] = []

    init(_ file: HDF5File, path: String) throws(DataError) {
        let root = try file.members(of: "").contains("model_weights") ? "model_weights" : ""
        if let names = try Self.list("layer_names", of: file, at: root) {
            for name in names {
                let group = root.isEmpty ? name : "\(root)/\(name)"
                let weights = try Self.list("weight_names", of: file, at: group) ?? []
                try add(name, weights.map { "\(group)/\($0)" }, file, path)
            }
        } else {
            try takeGroups(file, path)
        }
    }

    private mutating func takeGroups(_ file: HDF5File, _ path: String) throws(DataError) {
        let known = ["layers", "_layer_checkpoint_dependencies"]
        guard let root = try file.members(of: "").first(where: known.contains) else {
            throw DataError(
                path, "there are no layers of Keras in it", cure: "give what save_weights or save has written")
        }
        for group in try file.members(of: root).sorted(by: Self.isEarlier) {
            guard try file.members(of: "\(root)/\(group)").contains("vars") else { continue }
            let place = "\(root)/\(group)/vars"
            let name = try file.texts(ofAttribute: "name", at: place)?.first ?? group
            try add(name, file.members(of: place).map { "\(place)/\($0)" }, file, path)
        }
    }

    private mutating func add(_ name: String, _ weights: [String], _ file: HDF5File, _ path: String) throws(DataError) {
        if weights.isEmpty { return }
        let arrays = try weights.map { weight throws(DataError) in try file.array(at: weight) }
        guard arrays[0].shape.count == 2, arrays.count <= 2, arrays.dropFirst().allSatisfy({ $0.shape.count == 1 })
        else {
            throw DataError(
                path, "layer `\(name)` is not dense: its weights have the shapes \(arrays.map(\.shape))",
                cure: "give a model of dense layers")
        }
        do throws(NumberError) {
            layers.append(
                (name, DenseParameters(weights: try arrays[0].matrix(), bias: try arrays.dropFirst().first?.floats())))
        } catch { throw DataError(path, "layer `\(name)`: \(error.description)", cure: "save it as float32") }
    }

    /// A list of names, which Keras splits into `name0`, `name1` … where it is long.
    private static func list(_ name: String, of file: HDF5File, at place: String) throws(DataError) -> [String]? {
        if let whole = try file.texts(ofAttribute: name, at: place) { return whole }
        var parts: [String] = []
        for number in 0..<1 << 16 {
            guard let part = try file.texts(ofAttribute: "\(name)\(number)", at: place) else { break }
            parts += part
        }
        return parts.isEmpty ? nil : parts
    }

    /// By the number behind a group's name, which the first of a class does not have.
    private static func isEarlier(_ left: String, _ right: String) -> Bool {
        func key(_ name: String) -> (String, Int) {
            guard let mark = name.lastIndex(of: "_"), let number = Int(name[name.index(after: mark)...]) else {
                return (name, 0)
            }
            return (String(name[..<mark]), number)
        }
        return key(left) < key(right)
    }
}
