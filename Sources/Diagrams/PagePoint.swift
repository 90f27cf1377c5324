/// A place on the page, in CSS pixels to the right and down.
struct PagePoint: Hashable {
    var x, y: Double
}
