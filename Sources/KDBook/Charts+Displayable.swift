public import Charts

extension Figure: Displayable {
    public var display: Displayed { .figure(self) }
}

extension Chart: Displayable {
    public var display: Displayed { .figure(figure) }
}
