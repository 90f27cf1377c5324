/// What a page is told while it is open. A page is named by its notebook; the front page and the search page have the empty
/// name.
///
/// Messages take effect in their order. Where a page is slow to take them, it is told the last state only, the last of each
/// cell, and none of a cell from before the page changed.
public enum LiveMessage: Hashable, Sendable, Codable {
    /// The page's file reads otherwise than before: it is to fetch itself again and replace what differs. What cells were
    /// said to show before this no longer counts.
    case changed(page: String)
    /// A cell now shows this: the cell's whole `<section class="cell" id="cell:N">`, or what its running has shown so far.
    case cell(page: String, number: Int, html: String)
    /// How far the notebook is.
    case state(page: String, LiveState)

    /// The page that is to know.
    public var page: String {
        switch self {
        case .changed(let page), .cell(let page, _, _), .state(let page, _): page
        }
    }

    /// Whether a page that is told `later` need not be told this.
    func isSuperseded(by later: LiveMessage) -> Bool {
        switch (self, later) {
        case (.changed, .changed), (.state, .state), (.cell, .changed): true
        case (.cell(_, let number, _), .cell(_, let other, _)): number == other
        default: false
        }
    }
}

/// How far a notebook is, for the bar and the cells' marks.
public struct LiveState: Hashable, Sendable, Codable {
    /// How far the page is behind the notebook.
    public enum Phase: String, Codable, Sendable { case upToDate, running, failed }

    /// A cell that is at work, or waits.
    public struct Activity: Hashable, Sendable, Codable {
        /// The state of a cell that is not done.
        public enum Kind: String, Codable, Sendable {
            case compiling, running
            /// What the page shows of the cell is outdated, and the cell was not reached yet.
            case waiting
        }

        /// The cell's number, from 1.
        public var cell: Int
        /// The cell's state.
        public var kind: Kind
        /// Seconds since it began.
        public var seconds: Double
        /// What the cell says of how far it is, such as `epoch 3 of 10`.
        public var progress: String?

        /// An activity of the cell of this number.
        public init(cell: Int, kind: Kind, seconds: Double = 0, progress: String? = nil) {
            self.cell = cell
            self.kind = kind
            self.seconds = seconds
            self.progress = progress
        }
    }

    /// How far the page is.
    public var phase: Phase
    /// The cells that are at work or wait.
    public var activities: [Activity]
    /// The number of the first cell that failed; `nil` where there is none, or where the error is of the whole notebook.
    public var firstError: Int?
    /// A plain sentence, such as why cells above are run again.
    public var note: String?
    /// How many cells the notebook has, where that is known.
    public var cells: Int?

    /// The state of a notebook.
    public init(
        phase: Phase, activities: [Activity] = [], firstError: Int? = nil, note: String? = nil, cells: Int? = nil
    ) {
        self.phase = phase
        self.activities = activities
        self.firstError = firstError
        self.note = note
        self.cells = cells
    }
}
