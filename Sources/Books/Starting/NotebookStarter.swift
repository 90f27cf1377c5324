/// A notebook to start from.
package struct NotebookStarter {
    let title: String

    package init(title: String) { self.title = title }

    package var text: String {
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
