import Charts
import Digest
import Foundation
import Wire

/// The kernel's end of the pipes to the engine.
struct EngineConnection {
    private let nonce: String
    private let figures: URL

    /// The connection described by the environment; `nil` where no engine started this process.
    init?(environment: [String: String]) {
        guard let nonce = environment[KernelEnvironment.nonce],
            let figures = environment[KernelEnvironment.figures]
        else { return nil }
        self.nonce = nonce
        self.figures = URL(fileURLWithPath: figures, isDirectory: true)
    }

    func send(_ event: KernelEvent) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            writeAll(try encoder.encode(event) + [UInt8(ascii: "\n")], to: KernelDescriptor.events)
        } catch {
            fatalError("the kernel cannot encode \(event): \(error)")
        }
    }

    /// Writes mark `number` into the printed text, behind all that was printed before.
    func mark(_ number: Int) {
        fflush(nil)
        writeAll(OutputMark.bytes(nonce: nonce, number: number), to: STDOUT_FILENO)
    }

    /// Draws `figure` for light and dark pages and stores both pictures under the digests of what they show.
    func store(_ figure: Figure) throws -> FigureContent {
        for warning in try figure.warnings() { send(.warned(warning)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(figure))
        return FigureContent(
            data: data,
            alternativeText: figure.alternativeText,
            width: Int(figure.size.width.rounded()),
            height: Int(figure.size.height.rounded()),
            light: try store(figure.picture(theme: .light)),
            dark: try store(figure.picture(theme: .dark)))
    }

    private func store(_ picture: Picture) throws -> String {
        let name = SHA256Digest(of: picture.content).description
        try Data(picture.png()).write(to: figures.appendingPathComponent(name + ".png"), options: .atomic)
        return name
    }

    private func writeAll(_ bytes: some Sequence<UInt8>, to descriptor: Int32) {
        Array(bytes).withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                // The engine is gone: nobody is left to run for.
                if written <= 0 { _exit(1) }
                rest = rest.dropFirst(written)
            }
        }
    }
}
