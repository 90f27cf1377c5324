/// How a process ended.
enum ProcessEnd: Hashable, Sendable {
    case exited(status: Int32)
    case signalled(Int32)

    init(waitStatus status: Int32) {
        let signal = status & 0x7F
        self = signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .signalled(signal)
    }
}
