import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// How much memory processes take, as the system counts it; 0 where it does not say.
enum ProcessMemory {
    /// The bytes that `process` and all its descendants take together, files' contents not counted.
    static func share(ofAllBelow process: pid_t) -> Int {
        #if os(Linux)
            var family = [process]
            var next = 0
            while next < family.count {
                family += children(of: family[next])
                next += 1
            }
            return family.reduce(0) { $0 + share(of: $1) }
        #else
            return 0
        #endif
    }

    #if os(Linux)
        private static func children(of process: pid_t) -> [pid_t] {
            Files.names(in: "/proc/\(process)/task").flatMap { thread in
                (try? String(contentsOfFile: "/proc/\(process)/task/\(thread)/children", encoding: .utf8))?
                    .split(separator: " ").compactMap { pid_t($0) } ?? []
            }
        }

        private static func share(of process: pid_t) -> Int {
            let lines = (try? String(contentsOfFile: "/proc/\(process)/smaps_rollup", encoding: .utf8)) ?? ""
            return lines.split(separator: "\n").filter { $0.hasPrefix("Pss_Anon:") || $0.hasPrefix("Pss_Shmem:") }
                .reduce(0) { $0 + (Int($1.split(separator: " ")[1]) ?? 0) * 1024 }
        }
    #endif
}
