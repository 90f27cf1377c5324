import Datasets
import Tensors
import TestSupport
import Testing

/// Five images of 2×1 pixels in three classes.
private let five = LabelledImages(
    name: "pairs", width: 2, height: 1, classCount: 3,
    pixels: [0, 1, 10, 11, 20, 21, 30, 31, 40, 41], labels: [0, 1, 2, 1, 1])

@Suite struct SetsOfLabelledImages {
    @Test func anImageIsItsPixels() {
        #expect(Array(five.images) == [[0, 1], [10, 11], [20, 21], [30, 31], [40, 41]])
        #expect(five.images(at: [4, 0]) == [[40, 41], [0, 1]])
    }

    @Test func aSelectionKeepsPixelsAndLabelsTogether() {
        let selection = five.selecting([3, 0, 3])
        #expect(Array(selection.images) == [[30, 31], [0, 1], [30, 31]])
        #expect(selection.labels == [1, 0, 1])
    }

    @Test func aPrefixIsAtMostTheWhole() {
        #expect(five.prefix(2) == five.selecting([0, 1]))
        #expect(five.prefix(99) == five)
        #expect(five.prefix(0).count == 0)
    }

    @Test(arguments: 0...5)
    func aSplitLosesNothing(trainingCount: Int) {
        let (training, rest) = five.split(trainingCount: trainingCount)
        #expect(training.count == trainingCount)
        #expect(training.pixels + rest.pixels == five.pixels)
        #expect(training.labels + rest.labels == five.labels)
    }

    @Test func classesAreCounted() {
        #expect(five.classCounts == [1, 3, 1])
        #expect(five.prefix(1).classCounts == [1, 0, 0])
    }

    @Test func aShuffleFollowsItsStream() {
        var stream = RandomStream(seed: 3, purpose: .shuffle)
        var same = stream
        let shuffled = five.shuffled(by: &stream)
        #expect(shuffled == five.selecting(same.permutation(of: 5)))
        #expect(shuffled != five.shuffled(by: &stream))
        #expect(shuffled.images.sorted { $0[0] < $1[0] } == Array(five.images))
    }

    @Test func aDrawIsOfDifferentImagesAndOfItsSeedAlone() {
        let (training, test) = five.drawing(trainingCount: 3, testCount: 2, seed: 4)
        #expect(training.count == 3 && test.count == 2)
        #expect((Array(training.images) + Array(test.images)).sorted { $0[0] < $1[0] } == Array(five.images))
        #expect(five.drawing(trainingCount: 3, testCount: 1, seed: 4).training == training)
        #expect((5..<9).contains { five.drawing(trainingCount: 3, testCount: 2, seed: $0).training != training })
    }

    @Test func otherLabelsLeaveTheImagesAsTheyAre() {
        let other = five.relabelled([2, 2, 0, 1, 0])
        #expect(other.pixels == five.pixels && other.labels == [2, 2, 0, 1, 0])
        #expect(other.relabelled(five.labels.map(Int.init)) == five)
    }

    @Test func theDigestIsOfTheContentNotOfTheName() {
        func with(name: String = "pairs", width: Int = 2, height: Int = 1, lastLabel: UInt8 = 1)
            -> String
        {
            LabelledImages(
                name: name, width: width, height: height, classCount: 3, pixels: five.pixels,
                labels: [0, 1, 2, 1, lastLabel]
            ).digest.description
        }
        #expect(with(name: "other") == five.digest.description)
        #expect(with(width: 1, height: 2) != five.digest.description)
        #expect(with(lastLabel: 2) != five.digest.description)
    }

    @Test func exportedFilesHoldTheSet() throws {
        let folder = try TemporaryFolder()
        try five.writeIDX(images: folder.path + "/images", labels: folder.path + "/labels")
        let images = try IDXArray(contentsOf: folder.path + "/images", dimensionCount: 3)
        let labels = try IDXArray(contentsOf: folder.path + "/labels", dimensionCount: 1)
        #expect(images.dimensions == [5, 1, 2])
        #expect(images.elements == five.pixels)
        #expect(labels.elements == five.labels)
    }
}
