import ArgumentParser
import Books
import Console
import Engine
import Foundation

/// What is kept between runs, with other machines.
struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Share what is kept between runs with other machines, and compute samples of it again.",
        discussion: helpText(
            """
            A machine that pulls what another pushed compiles and runs nothing that did not change. Each shared file stands
            under the digest of its content, and manifests that OpenSSH keys sign name it: the owner of the place can
            withhold files, and cannot forge any. kdbook believes every allowed signer; `challenge` computes a sample again.

            Examples:
              kdbook store push /srv/store --key ~/.ssh/id_ed25519
              kdbook store pull https://example.org/store --allowed-signers allowed_signers
              kdbook store challenge --sample 20
            """),
        subcommands: [Push.self, Pull.self, Challenge.self])

    struct Push: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give others what the book has in its store.",
            discussion: helpText(
                """
                ADDRESS is a folder, which kdbook makes where it is missing, ssh://[USER@]HOST[:PORT]/PATH or [USER@]HOST:PATH,
                which sftp reaches. kdbook sends only files that are not there yet and overwrites none, so that two machines
                may push at once, and you may end a push at any moment.

                The key is an OpenSSH key, or the public part of one that an agent holds. A push leaves out packages
                that cells import: each machine builds them.

                Examples:
                  kdbook store push /srv/store --key ~/.ssh/id_ed25519
                  kdbook store push ci@example.org:store --key store-key --allowed-signers allowed_signers
                """))

        @Argument(help: ArgumentHelp("Where to: a folder, or a folder over ssh.", valueName: "address"))
        var address: String

        @Option(help: ArgumentHelp("The OpenSSH key to sign with.", valueName: "file"))
        var key: String

        @Option(help: ArgumentHelp("Sign nothing that one of these signers signed there already.", valueName: "file"))
        var allowedSigners: String?

        @Flag(help: "Give all that the store has, not only what belongs to the notebooks as they are now.")
        var all = false

        func run() throws {
            let (environment, store) = try StoreCommand.prepared()
            let push = try StorePush(
                store, to: try StoreCommand.address(address), key: StoreCommand.path(key),
                allowed: allowedSigners.map(StoreCommand.path), installation: environment.installation)
            let reach = all ? nil : StoreReach(of: environment.book, environment.installation)
            let report = try push.run(only: reach?.entries(in: store))
            let size = report.bytes.formatted(.byteCount(style: .file, spellsOutZero: false))
            let known = report.known > 0 ? "; \(report.known) entries were there" : ""
            if let manifest = report.manifest {
                Terminal.say("\(address): given \(report.given.joined(separator: ", ")) (\(size))\(known)")
                Terminal.say("signed as manifest \(manifest)")
            } else {
                Terminal.say("\(address): nothing is new\(known)")
            }
        }
    }

    struct Pull: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take into the book's store what others signed.",
            discussion: helpText(
                """
                ADDRESS is a folder, a folder over ssh as `store push` has it, or https://HOST/PATH of any static server that
                hands out such a folder.

                kdbook reads a manifest when an allowed signer's signature of it is right, and takes a file when it has the signed
                size and digest. It leaves out what others signed, refuses a changed file with a word, and writes nothing outside
                of the store. The file of allowed signers is as ssh-keygen(1) has it; a line is a name, then
                namespaces="kdbook-store" if the key is to serve nothing else, then the public key.

                Exit status: 0 all files there are right, 1 kdbook refused one, or cannot reach the place.

                Examples:
                  kdbook store pull /srv/store --allowed-signers allowed_signers
                  kdbook store pull https://example.org/store --allowed-signers allowed_signers && kdbook render
                """))

        @Argument(help: ArgumentHelp("Where from: a folder, a folder over ssh, or an address.", valueName: "address"))
        var address: String

        @Option(help: ArgumentHelp("The file of signers whose signatures kdbook believes.", valueName: "file"))
        var allowedSigners: String

        func run() throws {
            let (environment, store) = try StoreCommand.prepared()
            let pull = try StorePull(
                store, from: try StoreCommand.address(address), allowed: StoreCommand.path(allowedSigners),
                installation: environment.installation)
            let report = try pull.run()
            for words in report.refused { Terminal.complain("error: \(words)") }
            for words in report.leftOut { Terminal.say(words) }
            let taken = report.taken.isEmpty ? "nothing" : report.taken.joined(separator: ", ")
            let signers = report.signers.isEmpty ? "" : ", signed by \(report.signers.joined(separator: ", "))"
            let known = report.known > 0 ? "; \(report.known) entries were here" : ""
            Terminal.say("\(address): taken \(taken)\(signers)\(known)")
            if !report.refused.isEmpty { throw ExitCode(ExitStatus.notebookFailed) }
        }
    }

    struct Challenge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compute a random sample of the store again and compare bit for bit.",
            discussion: helpText(
                """
                Entries are compiled cells, records, pictures and plans of the notebooks as they are now. kdbook computes
                each entry of the sample from the notebook's text in an empty store. Of a compiled cell it compares all that a
                process loads, and compiles the cell also by the store's modules of the cells before it; of a picture it
                compares the pixels.

                Exit status: 0 all agree, 1 one differs, 3 none differs and one could not be computed.

                Examples:
                  kdbook store challenge
                  kdbook store challenge --sample 50 --seed 7
                """))

        @Option(help: ArgumentHelp("How many entries.", valueName: "count"))
        var sample = 10

        @Option(help: ArgumentHelp("Which sample; another each time, where it is not given.", valueName: "number"))
        var seed: UInt64?

        func run() async throws {
            guard sample > 0 else { throw UsageError(description: "--sample \(sample): expected a number above 0") }
            let environment = try Environment()
            let seed = seed ?? UInt64.random(in: 0..<1_000_000)
            let report = try await StoreChallenge(
                environment.book, environment.installation, size: sample, seed: seed
            ).run()
            let sampled = report.agree + report.differ + report.notComputed
            Terminal.say(
                "\(sampled) of \(report.entries) entries with --seed \(seed): \(report.agree) agree, \(report.differ) differ, "
                    + "\(report.notComputed) not computed")
            if report.differ > 0 { throw ExitCode(ExitStatus.notebookFailed) }
            if report.notComputed > 0 { throw ExitCode(ExitStatus.incomplete) }
        }
    }

    private static func prepared() throws -> (environment: Environment, store: Store) {
        let environment = try Environment()
        let store = Store(environment.book)
        try store.prepare()
        return (environment, store)
    }

    private static func address(_ text: String) throws(EngineError) -> SharedAddress {
        try SharedAddress(text, from: FileManager.default.currentDirectoryPath)
    }

    private static func path(_ text: String) -> String {
        text.hasPrefix("/") ? text : FileManager.default.currentDirectoryPath + "/" + text
    }
}
