/// Shows a value in the midst of prose, as text.
public func showInline<Value>(_ value: Value) {
    guard !(value is Void) else { fatalError("an inline value needs a value; this has none") }
    Page.current.show(.text(inlineText(of: value)))
}

private func inlineText(of value: Any) -> String {
    if case .text(let text)? = (value as? any Displayable)?.display { return text }
    return text(of: value)
}
