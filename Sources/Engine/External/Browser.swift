import Foundation

/// An installed Chromium, which prints pages.
public struct Browser: Sendable {
    let program: String

    /// How long a page may take, in seconds.
    static let timeout = 120.0

    /// Finds the program: the one that `CHROME` names, else the first on the `PATH`.
    public init() throws(EngineError) {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["CHROME"], !named.isEmpty {
            guard named.contains("/") ? access(named, X_OK) == 0 : SearchPath.find(named, in: environment) != nil else {
                throw EngineError(.find, file: named, cause: "CHROME names no program that can be run")
            }
            program = SearchPath.find(named, in: environment) ?? named
            return
        }
        let names = ["chromium", "chromium-browser", "google-chrome"]
        guard let found = names.lazy.compactMap({ SearchPath.find($0, in: environment) }).first else {
            throw EngineError(
                .find, file: "chromium",
                cause: "PDF files are printed by it; install it (apt-get install chromium), or set CHROME to a program "
                    + "like it")
        }
        program = found
    }

    /// A page's text as a PDF file, with the same dates whenever it is printed.
    public func printed(text: String) async throws(EngineError) -> [UInt8] {
        let temporary = RootedPath(root: (NSTemporaryDirectory() as NSString).standardizingPath)
        let folder = try Ephemera.shared.makeScratchFolder(in: temporary)
        defer { Ephemera.shared.removeScratchFolder(folder) }
        let page = folder / "page.html"
        try page.write(Array(text.utf8))
        return try await printed(page.path)
    }

    /// The page at `path` as a PDF file, with the same dates whenever it is printed.
    public func printed(_ path: String) async throws(EngineError) -> [UInt8] {
        // Its profile, its caches and whatever else it keeps go with the scratch folder. The path is short, because that of
        // a socket in it may not be long.
        let temporary = RootedPath(root: (NSTemporaryDirectory() as NSString).standardizingPath)
        let folder = try Ephemera.shared.makeScratchFolder(in: temporary)
        defer { Ephemera.shared.removeScratchFolder(folder) }
        let scratch = folder.path
        let file = scratch + "/page.pdf"
        var arguments = [
            "--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-breakpad",
            "--disable-background-networking", "--disable-dev-shm-usage", "--font-render-hinting=none",
            "--no-pdf-header-footer", "--generate-pdf-document-outline", "--user-data-dir=\(scratch)/profile",
            "--print-to-pdf=\(file)",
        ]
        // Chromium refuses to start its sandbox as root. What it reads is a page that can run no scripts.
        if geteuid() == 0 { arguments.append("--no-sandbox") }
        arguments.append(URL(fileURLWithPath: path).absoluteString)
        let environment = [
            "HOME": scratch, "TMPDIR": scratch, "XDG_CONFIG_HOME": scratch, "XDG_CACHE_HOME": scratch,
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC",
        ]
        let program = program
        let result = await blocking { [arguments] () -> Result<(end: ProcessEnd, output: String), EngineError> in
            do throws(EngineError) {
                return .success(
                    try run(program, arguments, environment: environment, timeout: Browser.timeout))
            } catch {
                return .failure(error)
            }
        }
        let (end, output) = try result.get()
        guard end == .exited(status: 0), let pdf = try? Files.read(file), pdf.starts(with: "%PDF-".utf8) else {
            let said = output.split(separator: "\n").suffix(3).joined(separator: "; ")
            let cause =
                end == .signalled(SIGKILL)
                ? "it took longer than \(Int(Browser.timeout)) s" : said.isEmpty ? "\(end)" : said
            throw EngineError(.write, file: path, cause: "\(program) did not print it: \(cause)")
        }
        return Browser.withoutDates(pdf)
    }

    /// The file with its dates set to the beginning of 2000, each in as many bytes as before, so that what the file says of
    /// the places in it stays true.
    static func withoutDates(_ pdf: [UInt8]) -> [UInt8] {
        var pdf = pdf
        let fixed = Array("20000101000000".utf8)
        for name in ["/CreationDate (D:", "/ModDate (D:"] {
            var start = pdf.startIndex
            while let found = pdf[start...].firstRange(of: Array(name.utf8)) {
                let end = found.upperBound + fixed.count
                guard end <= pdf.count else { break }
                pdf.replaceSubrange(found.upperBound..<end, with: fixed)
                start = end
            }
        }
        return pdf
    }
}
