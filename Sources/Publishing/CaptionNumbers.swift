import Notebook

/// Which number each cell's figure and table has on the page, and each picture of the prose.
struct CaptionNumbers {
    private var figures: [Int: Int] = [:]
    private var tables: [Int: Int] = [:]
    /// By the pictures' lines.
    private var pictures: [Int: Int] = [:]

    /// - Parameter pictures: those of the prose, in order.
    init(_ notebook: Notebook, _ pictures: [ProsePicture]) {
        var further = pictures.filter { $0.label != nil }[...]
        func numberPictures(above line: Int) {
            while let picture = further.first, picture.line < line {
                self.pictures[picture.line] = figures.count + self.pictures.count + 1
                further.removeFirst()
            }
        }
        for cell in notebook.cells where cell.options.include {
            let label = cell.options.label ?? ""
            numberPictures(above: cell.lines.lowerBound)
            if label.hasPrefix("fig-") { figures[cell.number] = figures.count + self.pictures.count + 1 }
            if label.hasPrefix("tbl-") { tables[cell.number] = tables.count + 1 }
        }
        numberPictures(above: .max)
    }

    func picture(_ picture: ProsePicture) -> Int? { pictures[picture.line] }

    func figure(_ cell: Cell) -> Int? { figures[cell.number] }
    func table(_ cell: Cell) -> Int? { tables[cell.number] }

    /// The label that prose refers to a cell's figure or table by.
    func label(_ cell: Cell) -> String? {
        figure(cell) == nil && table(cell) == nil ? nil : cell.options.label
    }
}
