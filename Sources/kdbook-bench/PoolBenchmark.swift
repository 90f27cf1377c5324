import Tensors

/// What a hand-over to the pool costs: a product too small to gain, above the size where threads are used.
func measurePool() throws {
    let a = Matrix(rows: 128, columns: 784, repeating: 0.5)
    let b = Matrix(rows: 784, columns: 10, repeating: 0.5)
    let c = Arena(count: 1280)
    for threads in Set([1, Compute.threadCount]).sorted() {
        let times = Compute.with(threads: threads) {
            a.withView { a in
                b.withView { b in
                    (0..<101).map { _ in
                        seconds {
                            for _ in 0..<100 {
                                Kernels.multiply(a, b, into: MatrixView(c.base, rows: 128, columns: 10))
                            }
                        }
                    }
                }
            }
        }
        try Measurement(
            work: "128×784·10 on \(threads) thread\(threads == 1 ? "" : "s")", value: median(times) * 1e4, unit: "µs"
        ).printLine()
    }
}
