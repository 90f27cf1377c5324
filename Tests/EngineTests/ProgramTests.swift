import Foundation
import Notebook
import Testing
import Wire

private let programs = """
    ```swift
    func started(_ script: String) throws -> (Process, Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        return (process, pipe)
    }
    func ended(_ process: Process, _ pipe: Pipe) -> String {
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text + " \\(process.terminationStatus)"
    }
    for i in 1...4 {
        let (process, pipe) = try started("printf 'one by one \\(i)'; exit \\(i)")
        print(ended(process, pipe))
    }
    ```

    ```swift
    let all = try (1...8).map { try started("printf 'at once \\($0)'; sleep 0.1; exit \\($0)") }
    for (process, pipe) in all { print(ended(process, pipe)) }
    let (last, input) = (Process(), Pipe())
    last.executableURL = URL(fileURLWithPath: "/usr/bin/tr")
    last.arguments = ["a-z", "A-Z"]
    last.standardInput = input
    try last.run()
    input.fileHandleForWriting.write(Data("through a pipe\\n".utf8))
    try input.fileHandleForWriting.close()
    last.waitUntilExit()
    ```
    """

extension EndToEnd {
    /// Programs that cells start, which are confined as they are.
    @Suite struct ProgramTests {
        @Test func `programs are started one by one and at once, and waited for`() throws {
            let book = try TemporaryBook(["programs": programs])
            #expect(try book.run("render").complaints == [])
            let printed = try book.record("programs").cells.flatMap(\.displays).flatMap { display -> [String] in
                guard case .text(let text) = display else { return [] }
                return text.split(separator: "\n").map(String.init)
            }
            let expected =
                (1...4).map { "one by one \($0) \($0)" } + (1...8).map { "at once \($0) \($0)" } + ["THROUGH A PIPE"]
            #expect(printed == expected)
        }
    }
}
