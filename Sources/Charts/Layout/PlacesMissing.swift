extension Chart {
    /// What has no place on the chart's axes, in words.
    var notDrawn: [String] {
        var (x, y) = (Extent(), Extent())
        for mark in marks where !mark.content.drawsZero { mark.content.reach(x: &x, y: &y) }
        return [(self.x, x, "x"), (self.y, y, "y")].compactMap { axis, extent, name in
            let count = extent.countBelowOrAtZero
            guard axis.scale == .logarithmic, count > 0 else { return nil }
            return count == 1
                ? Words.phrase("1 number is not above zero and has no place on the logarithmic {1} axis", name)
                : Words.phrase(
                    "{1} numbers are not above zero and have no place on the logarithmic {2} axis", "\(count)", name)
        }
    }

    /// What lies beside the names of an axis, in words: on an axis of names, numbers count them from 0.
    var besideNames: [String] {
        var all = (x: Extent(), y: Extent())
        let extents = marks.map { mark in
            var extent = (x: Extent(), y: Extent())
            mark.content.reach(x: &extent.x, y: &extent.y)
            all.x.include(extent.x)
            all.y.include(extent.y)
            return extent
        }
        func isBeside(_ extent: Extent, _ names: [String]) -> Bool {
            !names.isEmpty && extent.names.isEmpty && extent.low <= extent.high
                && (extent.low < -0.5 || extent.high > Double(names.count) - 0.5)
        }
        return zip(marks, extents).compactMap { mark, extent in
            guard isBeside(extent.x, all.x.names) || isBeside(extent.y, all.y.names) else { return nil }
            let label = mark.content.label.map { " “\($0)”" } ?? ""
            return
                "\(type(of: mark.content))\(label) has numbers on an axis of names, which count the names from 0, and some lie "
                + "beside them; give it the names"
        }
    }
}
