import Notebook
import Testing

@Suite struct ExecutionOptionsTests {
    private static let all: [CellOptions] = [true, false].flatMap { eval in
        [true, false].flatMap { error in
            [true, false].flatMap { warning in
                [nil, "", "a", "a\nwarning: true", "b"].map { text in
                    var options = CellOptions()
                    (options.eval, options.error, options.warning, options.errorText) = (eval, error, warning, text)
                    return options
                }
            }
        }
    }

    @Test func differentOptionsHaveDifferentTexts() {
        #expect(Set(Self.all.map(\.execution.encoded)).count == Self.all.count)
    }

    @Test func whatIsAboutThePageIsNotAmongThem() {
        var options = CellOptions()
        let before = options.execution
        (options.label, options.echo, options.output, options.include) = ("a", false, false, false)
        (options.figureCaption, options.figureAlternativeText, options.tableCaption) = ("a", "b", "c")
        (options.furtherFigureCaptions, options.furtherFigureAlternativeTexts) = ([PlacedText("d")], ["e"])
        (options.timeout, options.codeFold, options.inputs) = (3, .always, ["Data"])
        #expect(options.execution == before)
    }
}
