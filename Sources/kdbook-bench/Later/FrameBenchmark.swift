import Foundation
import Frames

/// Writes a file of rows of a whole number, three decimal numbers, a word and a day: `frames-data FILE --megabytes 100`.
func writeFrameData(_ arguments: Arguments) throws {
    let path = try arguments.word(0, "a file to write")
    let limit = try arguments.number("megabytes", default: 100) * 1_000_000
    var state: UInt64 = 1
    func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 11
    }
    var bytes = Array("id,x,y,z,kind,day\n".utf8)
    bytes.reserveCapacity(limit + 200)
    let kinds = ["Adelie", "Gentoo", "Chinstrap", "\"King, small\""]
    var row = 0
    while bytes.count < limit {
        row += 1
        let (x, y, z) = (next() % 1_000_000, next() % 100_000, Double(next()) * 0x1p-53)
        let day = "20\(10 + next() % 16)-\(10 + next() % 3)-\(10 + next() % 18)"
        bytes += Array("\(row),\(x / 1000).\(100 + x % 900),-\(y).5,\(z),\(kinds[Int(next() % 4)]),\(day)\n".utf8)
    }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Reads a file as a frame and prints the seconds of the processor and the sum of a column, which shows that it was read.
func measureFrames(_ arguments: Arguments) throws {
    let path = try arguments.word(0, "a file to read")
    let start = processorSeconds()
    let frame = try Frame(contentsOf: path)
    let seconds = processorSeconds() - start
    let sum = frame["z"].doubles.reduce(0, +)
    print("\(seconds)\t\(frame.rowCount)\t\(sum)")
}

private func processorSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
