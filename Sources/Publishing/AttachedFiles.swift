import Digest
public import Notebook

/// A file of the book as it stands beside a page.
public struct AttachedFile: Hashable, Sendable {
    /// From the page's folder: its name has the digest of its content.
    public let path: String
    /// The file's bytes, as they lie in the book.
    public let content: [UInt8]
    /// A picture's width and height in pixels, where its file tells them.
    let size: PixelSize?

    init(_ content: [UInt8], ending: String, size: PixelSize? = nil) {
        self.content = content
        self.size = size
        path = "\(AttachedFiles.folder)/\(SHA256Digest(of: content).description.prefix(16)).\(ending)"
    }
}

/// How many pixels a picture has.
struct PixelSize: Hashable, Sendable {
    let width, height: Int
}

/// The book's files that a notebook's prose shows or leads to.
public struct AttachedFiles: Sendable {
    /// By the address that the notebook gives.
    public private(set) var files: [String: AttachedFile] = [:]
    /// Why there is none, by the address.
    private(set) var problems: [String: String] = [:]
    /// The paths of the files from the book's folder, whether they are there or not.
    public private(set) var paths: [String] = []

    /// Their folder, from the page's.
    public static let folder = "files"
    /// The endings of files that a link may lead to. A browser shows them or saves them; it runs none.
    private static let endings: Set<Substring> = [
        "bib", "csv", "gz", "ipynb", "jpeg", "jpg", "json", "jsonl", "md", "npy", "npz", "ods", "parquet", "pdf", "png",
        "py", "r", "safetensors", "svg", "swift", "tar", "toml", "tsv", "txt", "wav", "xlsx", "yaml", "yml", "zip",
    ]

    /// No files.
    public init() {}

    /// - Parameter read: a file's content by its path from the book's folder, or why it cannot be had.
    public init(of notebook: Notebook, read: (String) -> Result<[UInt8], AttachmentProblem>) {
        let addresses = AttachedFiles.addresses(in: notebook)
        paths = AttachedFiles.paths(of: addresses)
        for (address, isShown) in addresses where files[address] == nil {
            do throws(AttachmentProblem) {
                let content = try read(try AttachedFiles.path(of: address)).get()
                files[address] = try isShown ? .picture(content) : .linked(content, address)
            } catch {
                problems[address] = error.cause
            }
        }
    }

    /// The paths of the files from the book's folder, whether they are there or not.
    public static func paths(in notebook: Notebook) -> [String] {
        paths(of: addresses(in: notebook))
    }

    private static func paths(of addresses: [(address: String, isShown: Bool)]) -> [String] {
        Set(addresses.compactMap { try? path(of: $0.address) }).sorted()
    }

    /// Whether a file beside a page was put there for it: its name tells its content.
    public static func isOwn(_ name: String, _ content: [UInt8]) -> Bool {
        name.hasPrefix(SHA256Digest(of: content).description.prefix(16) + ".")
    }

    /// The addresses of files, each with whether the page shows it.
    private static func addresses(in notebook: Notebook) -> [(address: String, isShown: Bool)] {
        func visit(_ node: MarkdownNode) -> [(address: String, isShown: Bool)] {
            let inner = node.children.flatMap(visit)
            guard node.typeName == "image" || node.typeName == "link", isFile(node.address) else { return inner }
            return [(node.address, node.typeName == "image")] + inner
        }
        return visit(Manuscript(notebook).document.root)
    }

    /// Whether an address is that of a file: no other page or place of the book, nothing on a network.
    private static func isFile(_ address: String) -> Bool {
        Address.isRelative(address) && !address.isEmpty && !address.hasPrefix("#") && address != "../index.html"
            && address.wholeMatch(of: NotebookLink.pattern) == nil
    }

    /// The path from the book's folder of what `address` means in a notebook.
    private static func path(of address: String) throws(AttachmentProblem) -> String {
        let plain = address.prefix { $0 != "#" && $0 != "?" }
        guard let decoded = plain.removingPercentEncoding, !decoded.hasPrefix("/"), !decoded.contains("\\") else {
            throw AttachmentProblem("write the way to it from the notebook's folder, with `/` between names")
        }
        var names: [Substring] = ["Notebooks"]
        for name in decoded.split(separator: "/") where name != "." {
            if name == ".." {
                guard names.popLast() != nil else { throw AttachmentProblem("it lies outside of the book") }
            } else if name.hasPrefix(".") {
                throw AttachmentProblem("files and folders whose names begin with a dot are kept to oneself")
            } else {
                names.append(name)
            }
        }
        return names.joined(separator: "/")
    }

    /// Why there is no file for `address`; `nil` where there is one, or none is meant.
    func problem(with address: String) -> String? { problems[address].map { "`\(address)`: \($0)" } }
}

/// Why a file cannot stand beside a page.
public struct AttachmentProblem: Error, Sendable {
    let cause: String

    /// A problem in words that go on behind the file's address.
    public init(_ cause: String) { self.cause = cause }
}

extension AttachedFile {
    /// What a link to the file at `address` leads to.
    fileprivate static func linked(_ content: [UInt8], _ address: String) throws(AttachmentProblem) -> AttachedFile {
        let plain = address.prefix { $0 != "#" && $0 != "?" }
        let name = plain.split(separator: "/").last ?? ""
        let ending = name.split(separator: ".").dropFirst().last?.lowercased() ?? ""
        guard AttachedFiles.mayBeLinked(ending) else {
            throw AttachmentProblem(
                "pages lead to data and documents, such as csv, json, pdf, txt or zip, and to nothing that a browser "
                    + "would run")
        }
        return ending == "svg" ? try picture(content) : AttachedFile(content, ending: ending)
    }
}

extension AttachedFiles {
    fileprivate static func mayBeLinked(_ ending: String) -> Bool { endings.contains(Substring(ending)) }
}
