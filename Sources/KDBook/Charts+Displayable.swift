import Charts

extension Figure: Displayable {
    public var display: Displayed { .figure(self) }
}
