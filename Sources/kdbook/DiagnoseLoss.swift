import ArgumentParser
import Books
import Console
import Foundation
import LossDiagnosis
import Notebook

struct DiagnoseLoss: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose-loss",
        abstract: "Tell in one sentence what a distillation loss computes, in whatever framework it is written.",
        discussion: helpText(
            """
            Probes are calls: logits of teacher and student, labels, temperature and α. A few lines of your own run your loss
            on each, and write {"values": {"ID": NUMBER, …}}, one number for each probe's id. Optional are "gradients"
            ({"ID": [[…]]}, in the student's logits) and "precision" (float64, float32, float16, bfloat16; else kdbook sees it in
            the values). Documentation/diagnose-loss.md has whole programs for torch, Keras and JAX.

            Exit status: 0 the loss is right, 1 it has a mistake, 2 the file cannot be used.

            Examples:
              kdbook diagnose-loss --probes > probes.json
              python my_loss.py                             reads probes.json, writes losses.json
              kdbook diagnose-loss losses.json
            """))

    @Flag(help: "Write the probes to standard output.")
    var probes = false

    @Argument(help: "The file with the loss's values; - for standard input.")
    var file: String?

    func validate() throws {
        if probes == (file != nil) {
            throw ValidationError("give either a file with values, or --probes to get what to compute them for")
        }
    }

    func run() throws {
        guard let file else {
            Terminal.give(String(decoding: try StableJSON.encode(ProbeFile(probes: LossProbe.standard)), as: UTF8.self))
            return
        }
        let diagnosis = diagnose(try answers(in: file))
        Terminal.say(diagnosis.sentence)
        if !diagnosis.isRight { throw ExitCode(ExitStatus.notebookFailed) }
    }

    private func answers(in file: String) throws -> LossAnswers {
        let content: Data
        do {
            content =
                file == "-"
                ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(fileURLWithPath: file))
        } catch {
            throw UsageError(description: "\(file): it cannot be read; is it there, and is it a file?")
        }
        do {
            return try LossAnswers(json: Array(content))
        } catch {
            throw UsageError(description: "\(file): \(error.description)")
        }
    }

    private struct ProbeFile: Encodable { let probes: [LossProbe] }
}
