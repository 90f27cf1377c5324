extension Notebook {
    /// What the front matter and the cells that are run declare to write, in order.
    public var declaredOutputs: [DeclaredOutput] {
        frontMatter.outputs + cells.filter(\.options.eval).flatMap(\.options.outputs)
    }

    /// Outputs that are declared twice.
    var repeatedOutputs: [Diagnostic] {
        var known: Set<String> = []
        return declaredOutputs.filter { !known.insert($0.name).inserted }.map { output in
            Diagnostic(
                .error, at: output.position, "the output `\(output.name)` is declared twice; keep one of the two")
        }
    }
}
