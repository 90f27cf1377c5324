public import Charts

extension Figure: Displayable {
    /// The figure itself.
    public var display: Displayed { .figure(self) }
}

extension Chart: Displayable {
    /// The figure that consists of this one chart.
    public var display: Displayed { .figure(figure) }
}
