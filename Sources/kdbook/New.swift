import ArgumentParser
import Engine
import Foundation
import Notebook

struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a notebook to start from.",
        discussion: helpText(
            """
            Example:
              kdbook new 03-my-question && kdbook render 03-my-question
            """))

    @Argument(help: "The notebook's name: letters, digits, - and _.")
    var name: String

    func run() throws {
        let name = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
        guard PageName.isValid(name) else {
            throw UsageError(description: "\(name): a notebook's name has letters, digits, - and _ only")
        }
        let book = try Environment.findBook()
        let path = "\(Book.notebookFolder)/\(name).md"
        let file = try book.resolved(path)
        guard !file.exists else {
            throw UsageError(description: "\(path): there is such a notebook already")
        }
        try file.write(Array(New.template(title: name).utf8))
        Terminal.say("\(path)\nRender it with: kdbook render \(name)")
    }

    static func template(title: String) -> String {
        """
        ---
        title: \(title)
        abstract: What this notebook asks, and what it finds.
        parameters:
          temperature: 4.0
        ---

        Prose is Markdown. Every fence of Swift is run, from the top, and its last expression is shown.

        ```swift
        let logits = [2.0, 1.0, 0.1]
        softmax(logits, temperature: temperature)
        ```

        A chart has a label, a caption and a text for those who cannot see it; the prose refers to it as @fig-softening.

        ```swift
        //| label: fig-softening
        //| fig-cap: The largest probability falls as the temperature rises.
        //| fig-alt: A line that falls from 0.66 at temperature 1 towards one third.
        let temperatures = Array(stride(from: 1.0, through: 10.0, by: 0.5))
        Chart("Softening", x: "temperature", y: "largest probability") {
            Line(x: temperatures, y: temperatures.map { softmax(logits, temperature: $0)[0] })
        }
        ```

        """
    }
}
