import Testing

@testable import Books

@Suite struct PagesFolderTests {
    @Test func anEditionHasAFolderOfItsName() {
        #expect(PagesFolder.name(edition: "mnist", settings: [:]) == "mnist")
    }

    @Test func whatIsSetStandsBehindItInTheOrderOfNames() {
        let name = PagesFolder.name(edition: "default", settings: ["rate": "0.5", "epochs": "3"])
        #expect(name == "default,epochs=3,rate=0.5")
    }

    @Test(arguments: ["../elsewhere", "a/b", "ü", String(repeating: "9", count: 300)])
    func aValueThatNoFileCanBeNamedByIsReplacedByItsDigest(value: String) {
        let name = PagesFolder.name(edition: "default", settings: ["text": value])
        #expect(name.wholeMatch(of: /default,[0-9a-f]+/) != nil, "\(name)")
        #expect(name != PagesFolder.name(edition: "default", settings: ["text": value + "."]))
    }
}
