extension Array {
    /// Calls `body` with the first element's address.
    /// - Precondition: the array is not empty.
    mutating func withBase<Result>(_ body: (UnsafeMutablePointer<Element>) -> Result) -> Result {
        withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("an empty array has no base") }
            return body(base)
        }
    }
}
