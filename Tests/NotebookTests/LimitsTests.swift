import Notebook
import Testing

@Suite struct LimitsTests {
    @Test(arguments: [
        (0, "0 bytes"), (1, "1 byte"), (2, "2 bytes"), (999, "999 bytes"), (1500, "1.5 kB"), (2_000_000, "2 MB"),
    ])
    func aSizeIsWrittenAsPeopleDo(bytes: Int, text: String) { #expect(bytes.asBytes == text) }
}
