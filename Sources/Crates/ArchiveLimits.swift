/// The most that an archive may have. All of it is known from the archive's directory, before anything is unpacked.
public struct ArchiveLimits: Hashable, Sendable {
    /// The archive's own size in bytes.
    public var archive = 512 << 20
    /// How many files are in it.
    public var files = 20_000
    /// The bytes of one file, unpacked.
    public var file = 256 << 20
    /// The bytes of all files, unpacked.
    public var total = 1 << 30

    /// The limits that kdbook holds every foreign archive to: 512 MiB packed, 20,000 files, 256 MiB each and 1 GiB
    /// together unpacked.
    public init() {}
}
