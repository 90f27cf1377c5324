/// All that a crate of a book says and holds.
public struct CrateContent: Sendable {
    public var title: String
    public var abstract: String
    /// When the book was as it is: the time of its commit.
    public var time: CrateTime
    public var licence: Licence
    public var people: [Person] = []
    public var version: String?
    /// The text that the book checks.
    public var source: Source?
    public var files: [ArchivePath: [UInt8]] = [:]
    public var notebooks: [Workflow] = []
    public var runs: [Run] = []
    /// Data that is described and not in the crate.
    public var data: [DataSet] = []
    public var software: Software

    public init(title: String, abstract: String, time: CrateTime, licence: Licence, software: Software) {
        self.title = title
        self.abstract = abstract
        self.time = time
        self.licence = licence
        self.software = software
    }

    /// The terms on which the book may be used.
    public enum Licence: Hashable, Sendable {
        /// By SPDX's identifier.
        case spdx(String)
        /// A file of the book.
        case file(ArchivePath)
    }

    public struct Person: Hashable, Sendable {
        public var name: String
        public var isPerson: Bool
        public var address: String?
        public var affiliation: String?

        public init(name: String, isPerson: Bool, address: String?, affiliation: String?) {
            self.name = name
            self.isPerson = isPerson
            self.address = address
            self.affiliation = affiliation
        }
    }

    public struct Source: Hashable, Sendable {
        public var title: String
        public var authors: String?
        public var published: String?

        public init(title: String, authors: String?, published: String?) {
            self.title = title
            self.authors = authors
            self.published = published
        }
    }

    /// A notebook: a program that others can run again.
    public struct Workflow: Hashable, Sendable {
        public var path: ArchivePath
        public var name: String
        public var title: String
        public var abstract: String?
        public var parameters: [Parameter]
        /// The identities of the packages that its book names.
        public var packages: [String]

        public init(
            path: ArchivePath, name: String, title: String, abstract: String?, parameters: [Parameter],
            packages: [String]
        ) {
            self.path = path
            self.name = name
            self.title = title
            self.abstract = abstract
            self.parameters = parameters
            self.packages = packages
        }
    }

    /// A named value that a notebook's cells read.
    public struct Parameter: Hashable, Sendable {
        public enum Kind: String, Sendable { case whole = "Integer", real = "Float", truth = "Boolean", text = "Text" }
        public var name: String
        public var kind: Kind
        /// As Swift writes it.
        public var value: String

        public init(name: String, kind: Kind, value: String) {
            self.name = name
            self.kind = kind
            self.value = value
        }
    }

    /// What one run of a notebook read and gave.
    public struct Run: Hashable, Sendable {
        public var notebook: String
        public var edition: String
        /// As Swift writes them.
        public var parameters: [String: String]
        /// From the book's folder.
        public var inputs: [String]
        public var results: [ArchivePath]
        public var hasFailed: Bool

        public init(
            notebook: String, edition: String, parameters: [String: String], inputs: [String], results: [ArchivePath],
            hasFailed: Bool
        ) {
            self.notebook = notebook
            self.edition = edition
            self.parameters = parameters
            self.inputs = inputs
            self.results = results
            self.hasFailed = hasFailed
        }
    }

    /// A published set of data that runs read, and where it can be had.
    public struct DataSet: Hashable, Sendable {
        public struct File: Hashable, Sendable {
            /// As a record names it: `Data/mnist/train-images-idx3-ubyte`.
            public var input: String
            /// Of its content, unpacked.
            public var sha256: String
            public var address: String

            public init(input: String, sha256: String, address: String) {
                self.input = input
                self.sha256 = sha256
                self.address = address
            }
        }
        public var name: String
        public var content: String
        public var licence: String
        public var citation: String
        public var files: [File]

        public init(name: String, content: String, licence: String, citation: String, files: [File]) {
            self.name = name
            self.content = content
            self.licence = licence
            self.citation = citation
            self.files = files
        }
    }

    /// The programs that made the results.
    public struct Software: Hashable, Sendable {
        /// A package that cells import.
        public struct Package: Hashable, Sendable {
            public var identity: String
            public var url: String
            public var version: String
            public var revision: String

            public init(identity: String, url: String, version: String, revision: String) {
                self.identity = identity
                self.url = url
                self.version = version
                self.revision = revision
            }
        }
        public var toolVersion: String
        /// Stands for the sources of the tool, and of what cells use.
        public var toolDigest: String
        public var runtimeDigest: String
        /// What the compiler says of itself, with its target.
        public var compiler: String
        public var packages: [Package]

        public init(
            toolVersion: String, toolDigest: String, runtimeDigest: String, compiler: String, packages: [Package]
        ) {
            self.toolVersion = toolVersion
            self.toolDigest = toolDigest
            self.runtimeDigest = runtimeDigest
            self.compiler = compiler
            self.packages = packages
        }
    }
}
