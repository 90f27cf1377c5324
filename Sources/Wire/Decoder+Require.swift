extension Decoder {
    /// Refuses what is read unless `condition` holds, which `rule` says in words.
    ///
    /// - Throws: `DecodingError.dataCorrupted`.
    package func require(_ condition: Bool, _ rule: String) throws {
        guard condition else {
            throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: rule))
        }
    }
}
