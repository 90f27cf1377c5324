import Notebook
import Testing
import Wire

/// What the notebook on convolutional nets shows, in each edition.
@Suite struct ConvolutionRecordTests {
    private func table(_ label: String, _ edition: String) throws -> [[String]] {
        try #require(try BookRecords.record("20-convolution", edition: edition).table(label)).rows
    }

    @Test(arguments: ["default", "mnist"])
    func theNetsHaveTheWeightsThatTheirLayersSay(edition: String) throws {
        let nets = try table("tbl-nets", edition)
        let leNet = (25 + 1) * 6 + (25 * 6 + 1) * 16 + (400 + 1) * 120 + (120 + 1) * 84 + (84 + 1) * 10
        let small = (25 + 1) * 4 + (6 * 6 * 4 + 1) * 10
        #expect(nets.map { $0[0] } == ["teacher", "LeNet-5", "small"])
        #expect(nets.dropFirst().map { $0[1] } == ["\(leNet)", "\(small)"])
    }

    @Test(arguments: ["default", "mnist"])
    func meansOfDifferencesAreThoseOfTheStarts(edition: String) throws {
        for row in try table("tbl-differences", edition) {
            let (mean, starts) = (try #require(row[1].numbers.first), row[3].numbers)
            #expect(starts.count > 1)
            #expect(abs(starts.reduce(0, +) / Double(starts.count) - mean) < 0.02 + 0.01 * abs(mean), "\(row)")
            let interval = row[2].numbers
            #expect(interval.count == 2 && interval[0] <= mean && mean <= interval[1], "\(row)")
        }
    }

    @Test func howItComesOutBesideThePublishedNumberFollowsFromTheInterval() throws {
        for row in try table("tbl-published", "mnist") {
            let (published, interval) = (try #require(Double(row[1])), row[3].numbers)
            #expect(interval.count == 2)
            let expected = published < interval[0] ? "worse" : published > interval[1] ? "better" : "reached"
            #expect(row[4] == expected, "\(row)")
        }
        for row in try table("tbl-published", "default") { #expect(row[2] == "not MNIST here") }
    }
}
