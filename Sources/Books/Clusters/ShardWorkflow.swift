import Engine
import Foundation
import Notebook

/// A workflow for Snakemake that carries out the experiments of notebooks in parts.
///
/// It goes round by round. In each, one job finds the first experiment of the notebook that lacks runs, and then as many jobs as
/// there are parts carry out one part of it each. A round in which no run is missing is the last. What the runs come to is kept by
/// `run-experiment` in files in the folder of results; what the jobs write themselves says only what is done.
package struct ShardWorkflow: Sendable {
    /// The files that each notebook is made from, as far as they are there, from the book's folder: where one is newer, its rounds
    /// begin again. Runs that do not depend on what changed are found in the folder of results.
    let sources: [String: [String]]
    /// How the parts are asked for besides: edition and settings.
    let options: [String]
    /// Stands for the options in the paths of what the jobs write.
    let folder: String
    let results: String
    let parts: Int

    /// - Parameters:
    ///   - paths: of the notebooks.
    ///   - results: the folder of results, as the jobs name it: from the book's folder, or from the disk's root.
    /// - Throws: where a notebook cannot be read, and `UsageError` where there is no part.
    package init(of paths: [String], in edition: BookEdition, results: String, parts: Int) throws {
        guard parts > 0 else { throw UsageError(description: "--shards \(parts): expected a number from 1 on") }
        let book = edition.book
        var sources: [String: [String]] = [:]
        for path in paths {
            let name = Book.name(of: path)
            let notebook = try Notebook(parsing: book.notebookText(path), name: name, path: path)
            let inputs = notebook.frontMatter.editions[edition.name]?.inputs ?? notebook.frontMatter.inputs
            let files = [path, Book.notebookFolder + "/" + BookConfiguration.fileName] + inputs
            sources[name] = files.filter { (book.folder / $0).exists }
        }
        self.sources = sources
        options =
            ["--edition", edition.name]
            + edition.settings.sorted { $0.key < $1.key }.flatMap { ["--set", "\($0.key)=\($0.value)"] }
        folder = PagesFolder.name(edition: edition.name, settings: edition.settings)
        self.results = results
        self.parts = parts
    }

    /// The same for the same notebooks and options.
    package var text: String {
        let constants = [
            "SOURCES = {\n"
                + sources.sorted { $0.key < $1.key }.map { "    \(Self.python($0)): \(Self.list($1)),\n" }.joined()
                + "}",
            "OPTIONS = shlex.join(\(Self.list(options)))", "RESULTS = \(Self.python(results))", "PARTS = \(parts)",
            "ROUNDS = RESULTS + \(Self.python("/rounds/\(folder)"))",
        ]
        return Self.head + constants.joined(separator: "\n") + "\n" + Self.rules
    }

    private static func list(_ texts: [String]) -> String { "[" + texts.map(python).joined(separator: ", ") + "]" }

    /// A text as Python writes it.
    private static func python(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> String in
            switch scalar {
            case "\"", "\\": "\\" + String(scalar)
            case " "..."~": String(scalar)
            default: String(format: "\\U%08x", scalar.value)
            }
        }
        return "\"" + scalars.joined() + "\""
    }

    private static let head = """
        # Carries out the experiments of notebooks in parts: snakemake --cores all --snakefile THIS
        #
        # Written by kdbook. `--config kdbook=./kdbook` names the program to call, `threads=4` how many threads a part takes.
        import shlex
        from pathlib import Path


        """

    private static let rules = """
        KDBOOK = config.get("kdbook", "kdbook")
        CALL = "{KDBOOK:q} run-experiment {wildcards.notebook:q} {OPTIONS} --results {RESULTS:q}"


        def what_a_round_waits_for(wildcards):
            before = int(wildcards.round) - 1
            if before == 0:
                return SOURCES[wildcards.notebook]
            return [f"{ROUNDS}/{wildcards.notebook}/{before}/{part}-of-{PARTS}" for part in range(1, PARTS + 1)]


        def last_round(notebook):
            number = 1
            while True:
                found = checkpoints.missing.get(notebook=notebook, round=number).output[0]
                if "every run is in the results folder" in Path(found).read_text():
                    return found
                number += 1


        wildcard_constraints:
            notebook="[^/]+",
            round="[0-9]+",
            part="[0-9]+",


        rule complete:
            default_target: True
            input:
                lambda wildcards: [last_round(notebook) for notebook in SOURCES],


        checkpoint missing:
            input:
                what_a_round_waits_for,
            output:
                ROUNDS + "/{notebook}/{round}/missing",
            retries: 2
            shell:
                CALL + " --shard 0/{PARTS} >{output:q}"


        rule part:
            input:
                ROUNDS + "/{notebook}/{round}/missing",
            output:
                ROUNDS + "/{notebook}/{round}/{part}-of-" + str(PARTS),
            retries: 2
            threads: int(config.get("threads", 1))
            shell:
                "KDBOOK_THREADS={threads} " + CALL + " --shard {wildcards.part}/{PARTS} >{output:q}"

        """
}
