public import Foundation

/// The clone that the tests stand in.
public enum Repository {
    /// Its folder.
    public static let root = testFile("../..").standardizedFileURL
}

/// The file `name` beside the source that asks for it: `testFile("Golden/plain.txt")`.
public func testFile(_ name: String, source: String = #filePath) -> URL {
    URL(fileURLWithPath: source).deletingLastPathComponent().appendingPathComponent(name)
}
