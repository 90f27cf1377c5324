import Foundation
import Notebook
import TestSupport
import Testing
import Wire

#if canImport(Glibc)
    import Glibc
#endif

/// A notebook that calls the system itself, past all libraries, by numbers that are newer than many a header.
private enum CallNotebook {
    static func attempts(on file: String) -> String {
        """
        ---
        inputs: Data/declared.csv
        ---

        ```swift
        func find<Function>(_ name: String, as type: Function.Type) -> Function {
            unsafeBitCast(dlsym(UnsafeMutableRawPointer(bitPattern: 0), name)!, to: type)
        }
        let call = find("syscall", as: (@convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int).self)
        func tried(_ what: String, _ result: some SignedInteger) {
            let cause = errno
            print(what + ":", result == -1 ? String(cString: strerror(cause)) : "DONE")
        }
        let path = Int(bitPattern: strdup("\(file)"))
        let name = Int(bitPattern: strdup("user.kdbook"))
        let here = -100
        var value: [UInt64] = [UInt64(name), 4]
        var attributes = [UInt64](repeating: 0, count: 3)
        tried("a mode", call(452, here, path, 0o777, 0, 0, 0))
        tried("an attribute", value.withUnsafeBytes { call(463, here, path, 0, name, Int(bitPattern: $0.baseAddress), 16) })
        tried("no attribute", call(466, here, path, 0, name, 0, 0))
        tried("flags", attributes.withUnsafeBytes { call(469, here, path, Int(bitPattern: $0.baseAddress), 24, 0, 0) })
        ```

        ```swift
        #if arch(x86_64)
            let clone = 56
        #else
            let clone = 220
        #endif
        let newUser = 0x1000_0000
        let made = call(clone, newUser | Int(SIGCHLD), 0, 0, 0, 0, 0)
        if made == 0 { _exit(0) }
        tried("a namespace", made)
        var processors = cpu_set_t()
        let size = MemoryLayout<cpu_set_t>.size
        let parent = getppid()
        let (get, set) = ("sched_getaffinity", "sched_setaffinity")
        typealias Affinity = @convention(c) (Int32, Int, UnsafeMutablePointer<cpu_set_t>) -> Int32
        precondition(find(get, as: Affinity.self)(parent, size, &processors) == 0)
        tried("another's processors", find(set, as: Affinity.self)(parent, size, &processors))
        tried("own processors", find(set, as: Affinity.self)(0, size, &processors))
        tried("a signal to all", kill(-1, 0))
        tried("to hide", find("prctl", as: (@convention(c) (Int32, Int) -> Int32).self)(4, 0))
        tried("memory as a file", find("memfd_create", as: (@convention(c) (Int, UInt32) -> Int32).self)(name, 0))
        let shared = mmap(nil, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
        tried("shared memory", shared == MAP_FAILED ? -1 : 0)
        ```

        ```swift
        let input = open("Data/declared.csv", O_RDONLY)
        tried("a lease", fcntl(input, 1024, Int32(F_RDLCK)))
        tried("a lock", flock(input, LOCK_EX | LOCK_NB))
        var lock = flock(l_type: Int16(F_WRLCK), l_whence: 0, l_start: 0, l_len: 0, l_pid: 0)
        tried("a lock on a part", fcntl(input, F_SETLK, &lock))
        tried("to watch a folder", find("inotify_init", as: (@convention(c) () -> Int32).self)())
        tried("flags of an input", ioctl(input, 0x4008_6602, &value))
        tried("the newer clone", call(435, 0, 88, 0, 0, 0, 0))
        tried("what comes next", call(600, 0, 0, 0, 0, 0, 0))
        ```
        """
    }

    static let answers = [
        "a mode: Permission denied", "an attribute: Permission denied", "no attribute: Permission denied",
        "flags: Permission denied", "a namespace: Permission denied", "another's processors: Permission denied",
        "own processors: DONE", "a signal to all: Permission denied", "to hide: Permission denied",
        "memory as a file: Permission denied", "shared memory: Permission denied", "a lease: Permission denied",
        "a lock: Permission denied", "a lock on a part: Bad file descriptor", "to watch a folder: Permission denied",
        "flags of an input: Inappropriate ioctl for device", "the newer clone: Function not implemented",
        "what comes next: Function not implemented",
    ]

    static let work = """
        ```swift
        let path = NSHomeDirectory() + "/notes"
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        var lock = flock(l_type: Int16(F_WRLCK), l_whence: 0, l_start: 0, l_len: 0, l_pid: 0)
        print("a lock", fcntl(file, F_SETLK, &lock))
        ftruncate(file, 8192)
        let mapped = mmap(nil, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0)!
        memset(mapped, 65, 8192)
        print("a mapped file", try String(contentsOfFile: path, encoding: .utf8).count, munmap(mapped, 8192))
        close(file)
        try FileManager.default.copyItem(atPath: path, toPath: path + ".copy")
        let attributes = try FileManager.default.attributesOfItem(atPath: path + ".copy")
        print("attributes", attributes[.size] as! NSNumber, FileManager.default.contentsEqual(atPath: path, andPath: path + ".copy"))
        ```

        ```swift
        signal(SIGUSR1) { _ in write(1, "handled\\n", 8) }
        kill(getpid(), SIGUSR1)
        var ends: [Int32] = [0, 0]
        pipe(&ends)
        print("a pipe", write(ends[1], "abc", 3))
        var waiting: Int32 = 0
        print("bytes that wait", ioctl(ends[0], UInt(FIONREAD), &waiting), waiting)
        let sum = await withTaskGroup(of: Int.self) { group in
            for i in 0..<100 { group.addTask { i } }
            var sum = 0
            for await part in group { sum += part }
            return sum
        }
        print("tasks", sum)
        let ready = DispatchSemaphore(value: 0)
        let timer = DispatchSource.makeTimerSource()
        timer.setEventHandler { ready.signal() }
        timer.schedule(deadline: .now() + 0.01)
        timer.resume()
        ready.wait()
        timer.cancel()
        let thread = Thread { ready.signal() }
        thread.start()
        ready.wait()
        print("a timer and a thread")
        ```
        """
}

extension EndToEnd {
    /// Which system calls a cell may make, tried in cells.
    @Suite(.serialized) struct CallTests {
        private func printed(_ book: TemporaryBook, _ name: String) throws -> [String] {
            try book.record(name).cells.flatMap(\.displays).flatMap { display -> [String] in
                guard case .text(let text) = display else { return [] }
                return text.split(separator: "\n").map(String.init)
            }
        }

        /// The newest version of Landlock's interface, and none of it.
        @Test(arguments: ["7", "0"])
        func `whatever a library knows of a call, it changes no file and no process elsewhere`(landlock: String) throws
        {
            let book = try TemporaryBook()
            let file = book.root + "/undeclared.txt"
            try book.write("a secret", to: "undeclared.txt")
            try book.write("1,2", to: "Data/declared.csv")
            try book.write(CallNotebook.attempts(on: file), to: "Notebooks/calls.md")
            try #require(chmod(file, 0o640) == 0)
            let outcome = try book.run("render", environment: ["KDBOOK_LANDLOCK": landlock])
            #expect(outcome.complaints == [])
            #expect(try printed(book, "calls") == CallNotebook.answers)
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o640)
        }

        @Test func `files, locks, signals, tasks, timers and threads of its own are a cell's`() throws {
            let book = try TemporaryBook(["work": CallNotebook.work])
            #expect(try book.run("render").complaints == [])
            #expect(
                try printed(book, "work") == [
                    "a lock 0", "a mapped file 8192 0", "attributes 8192 true", "handled", "a pipe 3",
                    "bytes that wait 0 3", "tasks 4950", "a timer and a thread",
                ])
        }

        @Test func `every call is as on record`() throws {
            let root = Repository.root.path
            let outcome = try Outcome.running(
                root + "/script/list-calls", [Installed.prefix], in: root, timeLimit: 300)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.split(separator: "\n").count > 500)
        }
    }
}
