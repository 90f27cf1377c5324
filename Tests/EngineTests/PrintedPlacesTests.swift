import Engine
import Foundation
import Testing

@Suite struct PrintedPlacesTests {
    /// A PDF file of these objects, the first its catalog.
    static func file(_ objects: [String]) -> [UInt8] {
        var text = "%PDF-1.4\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(text.utf8.count)
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let table = text.utf8.count
        text += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            text += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        text += "trailer\n<</Size \(objects.count + 1)\n/Root 1 0 R>>\nstartxref\n\(table)\n%%EOF\n"
        return Array(text.utf8)
    }

    static let objects = [
        "<</Type /Catalog\n/Pages 2 0 R\n/Dests 7 0 R\n/Lang (en \\) () x)\n/MarkInfo <</Marked true>>>>",
        "<</Type /Pages /Count 3 /Kids [3 0 R 4 0 R]>>", "<</Type /Page /MediaBox [0 0 595.5 842] /Parent 2 0 R>>",
        "<</Type /Pages /Count 2 /Kids [5 0 R 6 0 R] /Parent 2 0 R>>", "<</Type /Page /A <FEFF> /Parent 4 0 R>>",
        "<</Type /Page /Parent 4 0 R>>",
        "<</a#2F [3 0 R /XYZ 0 700 0]\n/b#2Ffn#3A1 [6 0 R /XYZ -1.5 .5 0] /c 8 0 R /d [9 0 R]>>", "[5 0 R /Fit]",
    ]

    @Test func eachPlaceIsOnItsPage() throws {
        let places = try #require(PrintedPlaces(Self.file(Self.objects)))
        #expect(places.pageCount == 3 && places.pages == ["a/": 1, "b/fn:1": 3, "c": 2])
    }

    @Test func aFileWithoutPlacesHasPagesOnly() throws {
        let places = try #require(PrintedPlaces(Self.file(["<</Pages 2 0 R>>", "<</Kids [3 0 R]>>", "<<>>"])))
        #expect(places.pageCount == 1 && places.pages.isEmpty)
    }

    @Test func whatIsDamagedGivesNothingOrSomethingAndEnds() {
        let file = Self.file(Self.objects)
        for length in stride(from: 0, to: file.count, by: 3) { _ = PrintedPlaces(Array(file[..<length])) }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var damaged = file
            for _ in 0..<3 { damaged[Int.random(in: 0..<file.count, using: &generator)] = UInt8.random(in: 0...255) }
            _ = PrintedPlaces(damaged)
        }
        #expect(PrintedPlaces([]) == nil && PrintedPlaces(Array("%PDF-1.4 startxref 999999".utf8)) == nil)
        let circle = Self.file(["<</Pages 2 0 R>>", "<</Kids [2 0 R 2 0 R]>>"])
        #expect(PrintedPlaces(circle)?.pages.isEmpty == true)
    }
}
