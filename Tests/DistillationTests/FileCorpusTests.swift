import Datasets
import Distillation
import Foundation
import TestSupport
import Testing

/// Files that the fuzzer found to reach code of their own (`script/fuzz 600 files`).
@Suite struct FileCorpus {
    @Test func everyFileOfTheCorpusIsReadOrRefused() throws {
        let folder = try TemporaryFolder()
        let corpus = testFile("files.base64")
        let documents = try String(contentsOf: corpus, encoding: .utf8).split(separator: "\n")
        let path = folder.path("x")
        var readable = 0
        for document in documents {
            try #require(Data(base64Encoded: String(document))).write(to: URL(fileURLWithPath: path))
            if Self.canBeRead(path) { readable += 1 }
        }
        #expect(readable > 20)
    }

    /// Whether some reader takes the file; every reader has to come to an end with it.
    private static func canBeRead(_ path: String) -> Bool {
        var isReadable = (try? NumberArray(contentsOfNPY: path)) != nil
        if (try? NumberArray(contentsOfIDX: path, maximumCount: 1 << 16)) != nil { isReadable = true }
        if (try? Safetensors(contentsOf: path)) != nil { isReadable = true }
        if let file = try? NPZFile(contentsOf: path) {
            for name in file.names where (try? file.array(named: name, maximumByteCount: 1 << 16)) != nil {
                isReadable = true
            }
        }
        if let file = try? HDF5File(contentsOf: path) {
            let datasets = try? file.datasets()
            for dataset in datasets ?? [] { _ = try? file.array(at: dataset, maximumByteCount: 1 << 16) }
            _ = try? file.texts(ofAttribute: "layer_names")
            isReadable = isReadable || datasets != nil
        }
        return isReadable
    }
}
