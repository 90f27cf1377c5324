/// The blocks that directives have opened and not closed, and what is still to be said of them.
struct OpenBlocks {
    enum Block {
        case callout
        case tabs(number: Int, level: Int?)
    }

    var blocks: [Block] = []
    /// A callout whose title is still to come: its first heading, or its kind's name.
    var untitled: Callout?
    var tabsets = 0
}
