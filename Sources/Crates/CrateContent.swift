/// All that a crate of a book says and holds.
public struct CrateContent: Sendable {
    /// The book's title: the name of the crate.
    public var title: String
    /// The book's abstract in plain text: the description of the crate.
    public var abstract: String
    /// When the book was as it is: the time of its commit.
    public var time: CrateTime
    /// The terms of the whole crate; RO-Crate asks for one licence of every crate.
    public var licence: Licence
    /// The authors, in the order in which the book names them.
    public var people: [Person] = []
    /// The book's own version by its `CITATION.cff`; `nil` where it states none.
    public var version: String?
    /// The text that the book checks.
    public var source: Source?
    /// The content of each file in the crate.
    public var files: [ArchivePath: [UInt8]] = [:]
    /// The notebooks among the files, which the metadata describe as workflows.
    public var notebooks: [Workflow] = []
    /// The committed runs of the notebooks, one for each edition that has a record.
    public var runs: [Run] = []
    /// Data that is described and not in the crate.
    public var data: [DataSet] = []
    /// The tool, the compiler and the packages that made the results.
    public var software: Software

    /// Content with what every crate must have; all else is empty until it is set.
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

    /// An author: a person, or a body of persons.
    public struct Person: Hashable, Sendable {
        /// The full name, in the order in which it is read.
        public var name: String
        /// `false` for a body of persons, such as a laboratory.
        public var isPerson: Bool
        /// An address that identifies the author, such as `https://orcid.org/…`; the crate uses it as identifier.
        public var address: String?
        /// The institution that the author belongs to, by name.
        public var affiliation: String?

        /// An author, all of whose properties the caller states.
        public init(name: String, isPerson: Bool, address: String?, affiliation: String?) {
            self.name = name
            self.isPerson = isPerson
            self.address = address
            self.affiliation = affiliation
        }
    }

    /// A publication that the book examines.
    public struct Source: Hashable, Sendable {
        /// The publication's own title.
        public var title: String
        /// The authors as one line of text.
        public var authors: String?
        /// The place and time of publication, as the book writes them.
        public var published: String?

        /// A publication, all of whose properties the caller states.
        public init(title: String, authors: String?, published: String?) {
            self.title = title
            self.authors = authors
            self.published = published
        }
    }

    /// A notebook: a program that others can run again.
    public struct Workflow: Hashable, Sendable {
        /// The notebook's file in the crate.
        public var path: ArchivePath
        /// The notebook's name: its file's name without `.md`.
        public var name: String
        /// The title that readers see.
        public var title: String
        /// The notebook's abstract in plain text; `nil` where it has none.
        public var abstract: String?
        /// The parameters in the order in which the notebook declares them.
        public var parameters: [Parameter]
        /// The identities of the packages that its book names.
        public var packages: [String]

        /// A workflow, all of whose properties the caller states.
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
        /// The type of a value, under the names that RO-Crate's formal parameters use for it.
        public enum Kind: String, Sendable { case whole = "Integer", real = "Float", truth = "Boolean", text = "Text" }
        /// The name that cells read the value by.
        public var name: String
        /// The type of the default value, which every other value must have, too.
        public var kind: Kind
        /// As Swift writes it.
        public var value: String

        /// A parameter, all of whose properties the caller states.
        public init(name: String, kind: Kind, value: String) {
            self.name = name
            self.kind = kind
            self.value = value
        }
    }

    /// What one run of a notebook read and gave.
    public struct Run: Hashable, Sendable {
        /// The notebook's name, which is that of a ``Workflow``.
        public var notebook: String
        /// The edition that ran; `default` is the notebook as it stands.
        public var edition: String
        /// As Swift writes them.
        public var parameters: [String: String]
        /// From the book's folder.
        public var inputs: [String]
        /// The files of the crate that the run wrote: its record, and its page where the crate has it.
        public var results: [ArchivePath]
        /// Whether a cell did otherwise than its notebook expects.
        public var hasFailed: Bool

        /// A run, all of whose properties the caller states.
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
        /// One file of the set.
        public struct File: Hashable, Sendable {
            /// As a record names it: `Data/mnist/train-images-idx3-ubyte`.
            public var input: String
            /// Of its content, unpacked.
            public var sha256: String
            /// The address from which the file can be fetched.
            public var address: String

            /// A file, all of whose properties the caller states.
            public init(input: String, sha256: String, address: String) {
                self.input = input
                self.sha256 = sha256
                self.address = address
            }
        }
        /// The name of the set's folder in `Data`.
        public var name: String
        /// A description of the set, with its counts.
        public var content: String
        /// The licence's name, or its terms in a sentence.
        public var licence: String
        /// The reference that the set's authors ask to be cited by.
        public var citation: String
        /// The files that runs read; the set may have others.
        public var files: [File]

        /// A set, all of whose properties the caller states.
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
            /// The package's identity, as Swift's package manager derives it from the address: the last component, in
            /// lower case.
            public var identity: String
            /// The address of the package's repository.
            public var url: String
            /// The version that was built, such as `1.2.0`.
            public var version: String
            /// The commit that the version stood for when it was locked, in hexadecimal.
            public var revision: String

            /// A package, all of whose properties the caller states.
            public init(identity: String, url: String, version: String, revision: String) {
                self.identity = identity
                self.url = url
                self.version = version
                self.revision = revision
            }
        }
        /// The version of kdbook, such as `1.4.0`.
        public var toolVersion: String
        /// Stands for the sources of the tool, and of what cells use.
        public var toolDigest: String
        /// The SHA-256 of the sources of the library that cells use, in hexadecimal.
        public var runtimeDigest: String
        /// What the compiler says of itself, with its target.
        public var compiler: String
        /// The packages in the versions of the book's lock.
        public var packages: [Package]

        /// Software, all of whose properties the caller states.
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
