import Foundation

/// Does `body` with a new folder that only this user can look into, and removes it afterwards, also where a signal ends the
/// process.
public func withPrivateFolder<Result>(
    _ body: (RootedPath) async throws -> Result
) async throws -> Result {
    let parent = RootedPath(root: FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path)
    let folder = try Ephemera.shared.makeScratchFolder(in: parent, isPrivate: true)
    defer { Ephemera.shared.removeScratchFolder(folder) }
    return try await body(folder)
}
