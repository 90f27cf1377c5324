/// A Swift package whose products a book's cells can import, as `book.yml` names it.
public struct BookPackage: Sendable, Hashable {
    /// The origin of the package's sources.
    public enum Source: Sendable, Hashable {
        /// A repository, and which of its versions.
        case repository(url: String, Requirement)
        /// A folder of the book, from the book's own.
        case folder(String)
    }

    /// The versions that a book accepts, by semantic versioning.
    public enum Requirement: Sendable, Hashable {
        case exact(String)
        /// This version, or a later one with the same first number.
        case from(String)

        /// The version that the requirement names, such as `1.2.0`.
        public var version: String {
            switch self {
            case .exact(let version), .from(let version): version
            }
        }
    }

    /// The origin of the package's sources.
    public var source: Source
    /// The names of the products, as the package's manifest has them.
    public var products: [String]
    /// Where it stands in the file.
    public var position: SourcePosition

    private enum Name: String, EntryName { case url, path, exact, from, products }

    static func list(_ value: YAMLValue) throws(YAMLValue.Mismatch) -> [BookPackage] {
        var packages: [BookPackage] = []
        guard value.node.sequence != nil else { throw value.mismatch("a list of packages, each with \(ofEntry)") }
        for entry in try value.list {
            let package = try BookPackage(entry)
            guard !packages.contains(where: { $0.identity == package.identity }) else {
                throw YAMLValue.Mismatch(
                    expected: "each package once", found: package.identity, position: package.position)
            }
            packages.append(package)
        }
        return packages
    }

    private init(_ value: YAMLValue) throws(YAMLValue.Mismatch) {
        var (url, path, requirements): (String?, String?, [Requirement]) = (nil, nil, [])
        (products, position) = ([], value.position)
        guard value.node.mapping != nil else { throw value.mismatch(BookPackage.ofEntry) }
        for (name, value) in try value.members(Name.self) {
            switch name {
            case .url:
                url = try value.matching(
                    /https:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[A-Za-z0-9._~-]+)+/,
                    "a repository's address, such as https://github.com/apple/swift-algorithms")
            case .path: path = try value.folder
            case .exact: requirements.append(.exact(try value.version))
            case .from: requirements.append(.from(try value.version))
            case .products:
                products = []
                guard value.node.sequence != nil else { throw value.mismatch(BookPackage.ofProducts) }
                for product in try value.list {
                    products.append(try product.matching(/[A-Za-z_][A-Za-z0-9_-]*/, "a product's name"))
                }
            }
        }
        switch (url, path, requirements.count) {
        case (let url?, nil, 1): source = .repository(url: url, requirements[0])
        case (nil, let path?, 0): source = .folder(path)
        default:
            throw value.mismatch(BookPackage.ofEntry)
        }
        guard !products.isEmpty else { throw value.mismatch(BookPackage.ofProducts) }
    }

    private static let ofEntry = "`url` with `exact` or `from`, or `path` alone, and `products`"
    private static let ofProducts = "`products`, the list of what cells import"

    /// The package's name among others: the last word of where it lies.
    public var identity: String {
        switch source {
        case .repository(let url, _):
            let last = url.split(separator: "/").last.map(String.init) ?? url
            return (last.hasSuffix(".git") ? String(last.dropLast(4)) : last).lowercased()
        case .folder(let path): return path.split(separator: "/").last.map { $0.lowercased() } ?? path
        }
    }
}

extension YAMLValue {
    fileprivate func matching<Output>(
        _ pattern: some RegexComponent<Output>, _ what: String
    ) throws(Mismatch) -> String {
        let text = try string
        guard text.wholeMatch(of: pattern) != nil else { throw mismatch(what) }
        return text
    }

    fileprivate var version: String {
        get throws(Mismatch) {
            try matching(/\d+\.\d+\.\d+(-[A-Za-z0-9.-]+)?/, "a version of three numbers, such as 1.2.0")
        }
    }

    fileprivate var folder: String {
        get throws(Mismatch) {
            let text = try matching(
                /[A-Za-z0-9_][A-Za-z0-9_. -]*(\/[A-Za-z0-9_][A-Za-z0-9_. -]*)*/,
                "a folder of the book, such as Packages/Mine")
            return text
        }
    }
}
