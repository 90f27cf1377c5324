import Engine
import Notebook
import Publishing

/// The listings of a notebook's cells, kept from one render to the next.
struct KnownListings {
    private let path: RootedPath
    private let tool: String

    private struct Kept: Codable {
        /// The tool that worked them out: another may see Swift otherwise.
        let tool: String
        let listings: [String: String]
    }

    init(of source: NotebookSource, renderer: BookRenderer) {
        path = renderer.stateFolder / "\(source.name).listings"
        tool = renderer.installation.toolDigest
    }

    func load() {
        guard let kept = SealedFile.read(Kept.self, from: path), kept.tool == tool else { return }
        Listings.know(kept.listings)
    }

    /// Keeps what is known of `notebook`; where that cannot be done, it is worked out again.
    func keep(of notebook: Notebook, by workshop: RootedPath) {
        try? SealedFile.write(Kept(tool: tool, listings: Listings.known(of: notebook)), to: path, by: workshop)
    }
}
