/// A data set as it was published: its files, how to tell that they are right, where they can be had and on what terms.
public struct PublishedData: Sendable, Hashable {
    /// One of its files.
    public struct File: Sendable, Hashable {
        /// Without `.gz`.
        public var name: String
        /// The SHA-256 of the uncompressed content, in hexadecimal.
        public var sha256: String
        /// Where a mirror has it, from the mirror's address on; with `.gz` where it is gzip there.
        public var path: String

        /// A file that mirrors have under its own name unless said otherwise.
        public init(name: String, sha256: String, path: String? = nil) {
            self.name = name
            self.sha256 = sha256
            self.path = path ?? name
        }

        /// What it is called once it is here, packed as its mirrors have it.
        public var storedName: String { path.hasSuffix(".gz") ? name + ".gz" : name }
    }

    /// What it is asked for by, and what its folder in `Data` is called.
    public var name: String
    /// What it holds, with counts.
    public var content: String
    /// The licence's name, or the terms in a sentence.
    public var licence: String
    /// Who made it, and what to cite.
    public var citation: String
    /// The files, in the order in which they are fetched.
    public var files: [File]
    /// Addresses that end in a slash, to which a file's path is added; the best first.
    public var mirrors: [String]

    /// A data set; a mirror's address ends in a slash.
    public init(
        name: String, content: String, licence: String, citation: String, files: [File], mirrors: [String]
    ) {
        self.name = name
        self.content = content
        self.licence = licence
        self.citation = citation
        self.files = files
        self.mirrors = mirrors
    }
}
