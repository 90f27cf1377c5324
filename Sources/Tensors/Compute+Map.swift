internal import CKernels

extension Compute {
    /// `body(0)`, …, `body(count − 1)`, in this order, worked out by as many threads as there are.
    ///
    /// For many small trainings at once, which leave a large product's threads idle; products within `body` then run on
    /// the thread that asks for them. Which thread has which index is left open. So `body` may read what it likes, but must
    /// change nothing outside itself: then the results depend on the indices alone. (It is not `@Sendable`, which would
    /// keep a notebook's cell from using objects, and variables of the function around it.)
    public static func map<Result: Sendable>(_ count: Int, _ body: (Int) -> Result) -> [Result] {
        precondition(count >= 0, "there cannot be \(count) results")
        return [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let results = buffer.baseAddress { run(count) { (results + $0).initialize(to: body($0)) } }
            initialized = count
        }
    }

    /// One value for each element, in their order; as `map` over a number of indices.
    public static func map<Element, Result: Sendable>(
        _ elements: [Element], _ body: (Element) -> Result
    ) -> [Result] {
        map(elements.count) { body(elements[$0]) }
    }

    private static func run(_ count: Int, _ task: (Int) -> Void) {
        withoutActuallyEscaping(task) { task in
            withUnsafePointer(to: task) { pointer in
                kd_parallel(
                    { context, index in
                        guard let context else { return }
                        UnsafeRawPointer(context).assumingMemoryBound(to: ((Int) -> Void).self).pointee(index)
                    },
                    UnsafeMutableRawPointer(mutating: pointer), count)
            }
        }
    }
}
