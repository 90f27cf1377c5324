public import Notebook

/// What a run tells while it goes on.
public enum RunEvent: Sendable {
    /// A cell, or the notebook's constants, was not in the store and has been compiled.
    case compiled(cell: Cell?)
    case began(cell: Cell)
    case progress(cell: Cell, text: String)
    /// What the running cell has given so far; only where someone watches.
    case shown(cell: Cell, CellRecord)
    /// How the run goes on is not as one would wish; only where a notebook is run again and again.
    case noted(String)
    /// A cell has come to its end, or failed.
    case ended(cell: Cell, CellRecord)
    /// The notebook ended itself in this cell, its part of an experiment done.
    case halted(cell: Cell, reason: String)
}
