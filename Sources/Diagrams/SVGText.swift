/// A point as paths have it.
func pair(_ point: PagePoint) -> String { "\(number(point.x)) \(number(point.y))" }

/// A length to a tenth of a pixel.
func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    let whole = abs(tenths) / 10
    let rest = abs(tenths) % 10
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
}

func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;").replacing("\n", with: " ")
}
