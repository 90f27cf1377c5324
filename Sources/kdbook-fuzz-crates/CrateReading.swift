import Crates

/// Reads `bytes` as an archive, and as a crate's metadata; what breaks a law traps.
func readCrate(_ bytes: [UInt8]) {
    if let archive = try? ZipReader(bytes, limits: limits) { readFiles(of: archive) }
    readMetadata(bytes)
}

private let limits = {
    var limits = ArchiveLimits()
    (limits.file, limits.total) = (1 << 20, 1 << 22)
    return limits
}()

/// What an archive unpacks to keeps to the limits, lies below one folder, and is packed and read back as it was.
private func readFiles(of archive: ZipReader) {
    precondition(archive.entries.reduce(0) { $0 + $1.size } <= limits.total, "an archive beyond its limits is read")
    var files: [ArchivePath: [UInt8]] = [:]
    for entry in archive.entries {
        checkHarmless(entry.path)
        guard let content = try? archive.content(of: entry) else { return }
        precondition(content.count == entry.size, "a file has another size than it states")
        precondition(files.updateValue(content, forKey: entry.path) == nil, "a name is there twice")
        if entry.path.description == CrateMetadata.fileName { readMetadata(content) }
    }
    guard let packed = try? ZipWriter.pack(files, date: ZipDate(secondsSince1970: 0)),
        let again = try? ZipReader(packed)
    else { preconditionFailure("files that were read cannot be packed and read again") }
    precondition(again.entries.map(\.path) == files.keys.sorted(), "other files are read back")
    for entry in again.entries {
        precondition((try? again.content(of: entry)) == files[entry.path], "another content is read back")
    }
}

private func readMetadata(_ bytes: [UInt8]) {
    guard let manifest = try? CrateManifest(parsing: bytes) else { return }
    manifest.files.forEach { checkHarmless($0.path) }
    precondition(Set(manifest.files.map(\.path)).count == manifest.files.count, "a file is described twice")
    precondition(manifest.files.allSatisfy { $0.sha256.map { $0.utf8.count == 64 } ?? true }, "a digest is none")
}

/// A path leads below the folder that it is taken from.
private func checkHarmless(_ path: ArchivePath) {
    let names = path.description.split(separator: "/", omittingEmptySubsequences: false)
    precondition(
        !names.isEmpty && names.allSatisfy { !["", ".", ".."].contains($0) && !$0.contains("\0") },
        "a path leads elsewhere")
}
