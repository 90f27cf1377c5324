import CKernelHost
import Charts
import Digest
import Foundation
import Wire

/// The kernel's end of the pipes to the engine.
struct EngineConnection {
    /// What distinguishes marks from what cells print; empty until the engine says it.
    var nonce = ""
    private let events: Int32
    /// The lines that commands come through: the first process's, then one for each copy that may be.
    private let commands: [Int32]
    private let output: Int32

    /// The connection described by the environment; `nil` where no engine started this process.
    init?(environment: [String: String]) {
        guard let copies = environment[KernelEnvironment.copies].flatMap({ Int32($0) }) else { return nil }
        // Out of the way of what cells open, and closed in the programs that they start.
        func moved(_ descriptor: Int32) -> Int32 { fcntl(descriptor, F_DUPFD_CLOEXEC, 200) }
        events = moved(KernelDescriptor.events)
        output = moved(STDOUT_FILENO)
        let lines = [KernelDescriptor.commands] + (0..<copies).map { KernelDescriptor.copies + $0 }
        commands = lines.map(moved)
        // Without them it would wait for ever.
        guard (commands + [events, output]).allSatisfy({ $0 >= 0 }) else { _exit(KernelStatus.disconnected) }
        for descriptor in [KernelDescriptor.events] + lines { close(descriptor) }
    }

    /// The descriptor that the crash handler writes to.
    var crashes: Int32 { events }

    /// Whether what is printed still goes to the engine.
    var hasOutput: Bool {
        [STDOUT_FILENO, STDERR_FILENO].allSatisfy { kdbook_is_same_file($0, output) != 0 }
    }

    /// What the engine asks of the process at `line` next; `nil` when it is gone. Tells meanwhile of copies that end.
    func nextCommand(line number: Int) -> KernelCommand? {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            awaitCommand(commands[number])
            let count = read(commands[number], &byte, 1)
            if count < 0 && errno != EINTR { _exit(KernelStatus.disconnected) }
            if count == 0 { return nil }
            guard count > 0 else { continue }
            if byte == UInt8(ascii: "\n") { return try? JSONDecoder().decode(KernelCommand.self, from: Data(line)) }
            line.append(byte)
        }
    }

    private func awaitCommand(_ commands: Int32) {
        var copy: pid_t = 0
        var status: Int32 = 0
        while kdbook_await(commands, &copy, &status) == 0 {
            cancelLine()
            let signal = status & 0x7F
            mark(-Int(copy))
            send(
                .lostCopy(
                    process: copy, signal: signal == 0 ? nil : signal, status: (status >> 8) & 0xFF, mark: -Int(copy)))
        }
    }

    /// Ends a line of events that a copy may have left unfinished.
    func cancelLine() { writeAll([CrashLine.cancel, UInt8(ascii: "\n")], to: events) }

    func send(_ event: KernelEvent) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let line = try encoder.encode(event)
            guard line.count < longestKernelLine else {
                return send(.broke(rule: .showsWithinLimits(bytes: line.count)))
            }
            writeAll(line + [UInt8(ascii: "\n")], to: events)
        } catch {
            fatalError("the kernel cannot encode \(event): \(error)")
        }
    }

    /// Writes mark `number` into the printed text, behind all that was printed before.
    func mark(_ number: Int) {
        fflush(nil)
        writeAll(OutputMark.bytes(nonce: nonce, number: number), to: output)
    }

    /// Draws `figure` for light and dark pages and sends both pictures, under the digests of what they show.
    func send(_ figure: Figure) throws -> FigureContent {
        for warning in try figure.warnings() { send(.warned(warning)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let data = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(figure))
        return FigureContent(
            data: data,
            alternativeText: figure.alternativeText,
            width: Int(figure.size.width.rounded()),
            height: Int(figure.size.height.rounded()),
            light: try send(figure.picture(theme: .light)),
            dark: try send(figure.picture(theme: .dark)))
    }

    private func send(_ picture: Picture) throws -> String {
        let digest = SHA256Digest(of: picture.content).description
        send(.picture(digest: digest, png: Data(try picture.png())))
        return digest
    }

    private func writeAll(_ bytes: some Sequence<UInt8>, to descriptor: Int32) {
        Array(bytes).withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                // The cell has closed the pipe, or the engine is gone.
                if written <= 0 { _exit(KernelStatus.disconnected) }
                rest = rest.dropFirst(written)
            }
        }
    }
}
