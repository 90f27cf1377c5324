import Notebook
import Testing

@Suite struct ToleranceTests {
    @Test(arguments: [
        (1.0, 1.0), (0, -0.0), (.nan, .nan), (.infinity, .infinity), (-.infinity, -.infinity),
    ])
    func theSameIsAcceptedWithoutATolerance(number: Double, other: Double) {
        #expect(Tolerance.exact.accepts(other, for: number))
    }

    @Test(arguments: [
        (1.0, 1.0.nextUp), (0, .leastNonzeroMagnitude), (.nan, 1), (1, .nan), (.infinity, -.infinity),
        (.infinity, .greatestFiniteMagnitude), (.nan, .infinity),
    ])
    func whatDiffersIsNotAcceptedWithoutATolerance(number: Double, other: Double) {
        #expect(!Tolerance.exact.accepts(other, for: number))
    }

    @Test(arguments: [1e-12, 1e-6, 0.1, 0.3, 7.0], [-123.456, -1, 0, 0.1, 1, 3, 1e6])
    func aDistanceOfTheToleranceIsAcceptedAndMoreIsNot(distance: Double, number: Double) {
        let tolerance = Tolerance(absolute: distance)
        for sign in [-1.0, 1] {
            #expect(tolerance.accepts(number + sign * distance, for: number))
            #expect(tolerance.accepts(number + sign * distance / 2, for: number))
            #expect(!tolerance.accepts(number + sign * (distance * 1.001 + 2 * number.ulp), for: number))
        }
    }

    @Test func aShareIsOfTheFirstNumber() {
        let tolerance = Tolerance(relative: 0.01)
        #expect(tolerance.accepts(101, for: 100) && tolerance.accepts(-99, for: -100))
        #expect(!tolerance.accepts(101.1, for: 100) && !tolerance.accepts(0.001, for: 0))
    }

    @Test func theWiderOfTwoCounts() {
        let tolerance = Tolerance(absolute: 0.5, relative: 0.01)
        #expect(tolerance.accepts(0.5, for: 0) && tolerance.accepts(101, for: 100))
    }

    @Test(arguments: [
        (Double.nan, 1.0), (1, .nan), (.infinity, -.infinity), (1, .infinity), (.infinity, 1e300),
    ])
    func noToleranceBridgesWhatIsNoNumber(number: Double, other: Double) {
        #expect(!Tolerance(absolute: 1e300, relative: 1e300).accepts(other, for: number))
    }
}

@Suite struct ExpectedOutputTests {
    private func expected(_ yaml: String) -> ExpectedOutput? { notebook(yaml).cells[0].options.expect }

    @Test func aTextIsWhatTheOutputMustBe() {
        #expect(expected("expect: all is well")?.text == "all is well")
        #expect(expected("expect: 0.75")?.text == "0.75")
        #expect(expected("expect: \"a\\nb\"")?.text == "a\nb")
        #expect(expected("echo: false") == nil)
    }

    @Test func aMappingNamesTextAndTolerances() throws {
        let all = try #require(expected("expect: {text: a 1, contains: a, tolerance: 1e-6, relative: 0.01}"))
        #expect(all.text == "a 1" && all.contains == "a")
        #expect(all.tolerance == Tolerance(absolute: 1e-6, relative: 0.01))
        #expect(try #require(expected("expect: {tolerance: 0.5}")).text == nil)
    }

    @Test(arguments: [
        (
            "expect: {tolerance: 0}",
            "2:25: error: option `expect`: expected a number above zero such as 1e-6, found `0`"
        ),
        ("expect: {relative: -1}", "a number above zero such as 1e-6, found `-1`"),
        ("expect: {tolerance: small}", "a number above zero such as 1e-6, found `small`"),
        ("expect: {relative: nan}", "a number above zero such as 1e-6, found `nan`"),
        ("expect: {tolerance: inf}", "a number above zero such as 1e-6, found `inf`"),
        (
            "expect: {tolerence: 1}",
            "expected text, or names among text, contains, tolerance and relative, found `tolerence`"
        ),
        ("expect: [1]", "names with values, found `a list`"),
    ])
    func whatItCannotBeIsAnError(yaml: String, message: String) throws {
        let text = "```swift\n//| \(yaml)\n1\n```\n"
        let diagnostics = Notebook.parsed(text, name: "n", path: "n.md").diagnostics
        #expect(diagnostics.count == 1)
        #expect(try #require(diagnostics.first).rendered(file: "n.md").contains(message))
    }
}
