public import Frames
public import Wire

/// A value that decides itself how it looks on a page.
///
/// Conform a type of your own to have its values shown so by `show(_:)` and as a cell's last expression:
///
///     extension Interval: Displayable {
///         var display: Displayed { .text("\(low) … \(high)") }
///     }
public protocol Displayable {
    /// What stands on the page for this value.
    var display: Displayed { get }
}

/// What stands on a page for a value.
public enum Displayed {
    case text(String)
    case table(Table)
    case frame(Frame)
    case figure(Figure)
    /// What became of one of the book's claims; `claim` makes it.
    case claim(Claim)
    /// Markup that stands on the page as it is.
    case html(String)
}

/// Shows values on the page.
///
/// One value is shown as it says itself where it is ``Displayable``, else by its description; several make one line of
/// text. What has nothing to say is not shown: `()`, which a function without a result returns, a task and a function, and an
/// optional, tuple or collection of these alone. A cell's last expression is shown by this, too.
public func show<each Value>(_ value: repeat each Value) {
    var values: [Any] = []
    for value in repeat each value {
        if !saysNothing(value) { values.append(value) }
    }
    switch values.count {
    case 0: break
    case 1: Page.current.show(display(of: values[0]))
    default: Page.current.show(.text(values.map(text(of:)).joined(separator: " ")))
    }
}

/// Shows how far a long computation is, on the terminal. It leaves no trace on the page.
public func progress(_ text: String) {
    Page.current.progress(text)
}

private func display(of value: Any) -> Displayed {
    (value as? any Displayable)?.display ?? .text(text(of: value))
}

/// Whether a value's description would tell a reader nothing.
private func saysNothing(_ value: Any) -> Bool {
    if value is Void || value is any Awaited { return true }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional, .tuple, .collection, .set:
        return !mirror.children.isEmpty && mirror.children.allSatisfy { saysNothing($0.value) }
    case nil: return isFunction(value)
    default: return false
    }
}

/// Functions conform to nothing, so that a value which describes itself by the same word is none.
private func isFunction(_ value: Any) -> Bool {
    !(value is any CustomStringConvertible) && String(describing: value) == "(Function)"
}

/// What is there to be waited for, not to be read.
private protocol Awaited {}

extension Task: Awaited {}

func text(of value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return String(describing: value) }
    return mirror.children.first.map { text(of: $0.value) } ?? "nil"
}
