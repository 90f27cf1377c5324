import Notebook
import Wire

/// What a run was made under that its record does not hold, because it differs from machine to machine.
public struct Circumstances: Codable, Hashable, Sendable {
    /// The vector instructions that were used, such as `avx2`.
    public var instructionSet: String
    /// What cells could reach, in words.
    public var sandbox: String
    /// What the system did not hold back from cells though it was to.
    public var gaps: [String]

    init(_ state: KernelState, sandbox: Sandbox) {
        instructionSet = state.instructionSet
        gaps = []
        guard case .on(let permissions) = sandbox else {
            self.sandbox = "off: cells could do all that the user can"
            return
        }
        self.sandbox = (["on"] + permissions.words.map { $0 + " permitted" }).joined(separator: ", ")
        gaps = Circumstances.gaps(state)
    }

    /// What cells could reach, and what was not held back from them.
    public var sandboxInWords: String {
        gaps.isEmpty ? sandbox : sandbox + "; this system does not guard " + gaps.joined(separator: ", ")
    }

    /// What a terminal says of what is not held back; `nil` where nothing is to be said.
    public var gapsInWords: String? {
        guard !gaps.isEmpty else { return nil }
        return "this system's kernel does not guard \(gaps.joined(separator: ", ")): "
            + "render only notebooks that you trust with your files"
    }

    private static func gaps(_ state: KernelState) -> [String] {
        var gaps: [String] = []
        switch state.landlock {
        case 0: gaps += ["which files cells read and write", "signals to other processes"]
        case 1...2: gaps += ["shortening of files that cells can only read", "signals to other processes"]
        case 3...5: gaps.append("signals to other processes")
        default: break
        }
        if !state.filtersCalls {
            gaps.append(state.landlock < 4 ? "the network" : "the network but for TCP")
            gaps.append("modes and times of files")
        }
        return gaps
    }
}
