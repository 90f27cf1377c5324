internal import CKernels
internal import Foundation

/// A block of numbers, aligned to a cache line, that lives as long as this object.
package final class Arena {
    /// The first number.
    package let base: UnsafeMutablePointer<Float>
    /// How many there are.
    package let count: Int

    /// `count` zeroes.
    package init(count: Int) {
        self.count = count
        base = kd_allocate(max(count, 1))
        base.initialize(repeating: 0, count: count)
    }

    deinit { free(base) }
}
