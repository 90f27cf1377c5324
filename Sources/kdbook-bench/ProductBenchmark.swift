import Foundation
import Tensors

private struct Shape {
    var rows: Int
    var depth: Int
    var columns: Int
    var aTransposed = false
    var bTransposed = false

    var name: String {
        "\(rows)×\(depth)·\(columns)" + (aTransposed ? " AᵀB" : bTransposed ? " ABᵀ" : " AB")
    }
}

/// The products of the teacher's training: forward, gradient of the weights, gradient of the inputs.
private let shapes = [
    Shape(rows: 128, depth: 784, columns: 1200), Shape(rows: 128, depth: 1200, columns: 1200),
    Shape(rows: 784, depth: 128, columns: 1200, aTransposed: true),
    Shape(rows: 1200, depth: 128, columns: 1200, aTransposed: true),
    Shape(rows: 128, depth: 1200, columns: 1200, bTransposed: true),
    Shape(rows: 128, depth: 1200, columns: 784, bTransposed: true),
    Shape(rows: 128, depth: 1200, columns: 10), Shape(rows: 128, depth: 784, columns: 32),
    Shape(rows: 128, depth: 784, columns: 10), Shape(rows: 784, depth: 128, columns: 10, aTransposed: true),
]

/// Each shape on one thread and on all, alternating with OpenBLAS where it is installed.
func measureProducts() throws {
    let peer = OpenBLAS()
    for threads in Set([1, Compute.threadCount]).sorted() {
        peer?.setThreads(threads)
        for shape in shapes {
            waitForQuiet(patience: 2)
            try measure(shape, threads: threads, peer: peer)
        }
    }
}

private func measure(_ shape: Shape, threads: Int, peer: OpenBLAS?) throws {
    let operations = 2 * Double(shape.rows * shape.depth * shape.columns)
    let repetitions = max(1, Int(4e9 / operations))
    let (a, b) = (filled(shape.rows * shape.depth), filled(shape.depth * shape.columns))
    let c = Arena(count: shape.rows * shape.columns)
    let left = view(a, shape.rows, shape.depth, transposed: shape.aTransposed)
    let right = view(b, shape.depth, shape.columns, transposed: shape.bTransposed)
    let product = MatrixView(c.base, rows: shape.rows, columns: shape.columns)
    var (ours, theirs): ([Double], [Double]) = ([], [])
    Compute.with(threads: threads) {
        for _ in 0..<11 {
            ours.append(settled(threads) { for _ in 0..<repetitions { Kernels.multiply(left, right, into: product) } })
            guard let peer else { continue }
            theirs.append(settled(threads) { for _ in 0..<repetitions { peer.multiply(left, right, into: product) } })
        }
    }
    func rate(_ times: [Double]) -> Double { operations * Double(repetitions) / median(times) / 1e9 }
    try Measurement(
        work: "product \(shape.name), \(threads) thread\(threads == 1 ? "" : "s")", value: rate(ours), unit: "GFLOP/s",
        peer: theirs.isEmpty ? nil : rate(theirs)
    ).printLine()
}

/// The seconds of `work` at its second run, the first having woken its threads. With several threads it waits before: those
/// of the other side still spin for a while after their last work, and would have one of the processors.
private func settled(_ threads: Int, _ work: () -> Void) -> Double {
    if threads > 1 { Thread.sleep(forTimeInterval: 0.15) }
    work()
    return seconds(work)
}

private func filled(_ count: Int) -> Arena {
    let arena = Arena(count: count)
    var stream = RandomStream(seed: 1, purpose: .data)
    for index in 0..<count { arena.base[index] = stream.uniformFloat() - 0.5 }
    return arena
}

private func view(_ arena: Arena, _ rows: Int, _ columns: Int, transposed: Bool) -> MatrixView {
    transposed
        ? MatrixView(arena.base, rows: columns, columns: rows).transposed
        : MatrixView(arena.base, rows: rows, columns: columns)
}

/// The library that Debian installs as libopenblas0, loaded while running.
private struct OpenBLAS {
    private typealias Product =
        @convention(c) (
            Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>, Int32, UnsafePointer<Float>, Int32,
            Float,
            UnsafeMutablePointer<Float>, Int32
        ) -> Void
    private let product: Product
    private let threads: @convention(c) (Int32) -> Void

    init?() {
        guard let library = dlopen("libopenblas.so.0", RTLD_NOW), let product = dlsym(library, "cblas_sgemm"),
            let threads = dlsym(library, "openblas_set_num_threads")
        else { return nil }
        self.product = unsafeBitCast(product, to: Product.self)
        self.threads = unsafeBitCast(threads, to: (@convention(c) (Int32) -> Void).self)
    }

    func setThreads(_ count: Int) { threads(Int32(count)) }

    func multiply(_ a: MatrixView, _ b: MatrixView, into c: MatrixView) {
        func order(_ view: MatrixView) -> (transposed: Int32, stride: Int32) {
            view.columnStride == 1 ? (111, Int32(view.rowStride)) : (112, Int32(view.columnStride))
        }
        let (left, right) = (order(a), order(b))
        product(
            101, left.transposed, right.transposed, Int32(c.rows), Int32(c.columns), Int32(a.columns), 1, a.base,
            left.stride, b.base, right.stride, 0, c.base, Int32(c.rowStride))
    }
}
