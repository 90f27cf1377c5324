/// A data set as it was published: its files, how to tell that they are right, and where they can be had.
public struct PublishedData: Sendable, Hashable {
    /// One of its files.
    public struct File: Sendable, Hashable {
        /// Without `.gz`.
        public var name: String
        /// The SHA-256 of the uncompressed content, in hexadecimal.
        public var sha256: String

        public init(name: String, sha256: String) {
            self.name = name
            self.sha256 = sha256
        }
    }

    /// What it is asked for by, and what its folder in `Data` is called.
    public var name: String
    public var files: [File]
    /// Addresses that end in a slash, to which a file's name and `.gz` are added; the best first.
    public var mirrors: [String]

    public init(name: String, files: [File], mirrors: [String]) {
        self.name = name
        self.files = files
        self.mirrors = mirrors
    }

    /// The MNIST database of handwritten digits (LeCun, Cortes, Burges): for training and for the test, images then labels.
    public static let mnist = PublishedData(
        name: "mnist",
        files: [
            File(
                name: "train-images-idx3-ubyte",
                sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            File(
                name: "train-labels-idx1-ubyte",
                sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            File(
                name: "t10k-images-idx3-ubyte",
                sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            File(
                name: "t10k-labels-idx1-ubyte",
                sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ],
        mirrors: [
            "https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ])

    /// All that are known.
    public static let all = [mnist]
}
