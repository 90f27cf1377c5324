import Wire

/// What the programs that made the results are called in a crate.
enum SoftwareID {
    static let compiler = "https://www.swift.org/"
    static let language = "#notebook-language"
    static func package(_ identity: String) -> String { "#package/" + CrateWriter.slug(identity) }

    /// What a digest stands for, as a URI that tells no place (RFC 6920).
    static func named(by digest: String) -> String { "ni:///sha-256;" + base64URL(hexadecimal: digest) }

    /// Source: RFC 4648, section 5, without padding.
    private static func base64URL(hexadecimal: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let bits = hexadecimal.flatMap { digit -> [Bool] in
            let value = digit.hexDigitValue ?? 0
            return [8, 4, 2, 1].map { value & $0 != 0 }
        }
        return String(
            stride(from: 0, to: bits.count, by: 6).map { start in
                let six = (0..<6).map { start + $0 < bits.count && bits[start + $0] }
                return alphabet[six.reduce(0) { $0 << 1 | ($1 ? 1 : 0) }]
            })
    }
}

extension CrateWriter {
    /// The tool's sources.
    var toolID: String { SoftwareID.named(by: content.software.toolDigest) }
    /// The sources of what cells run against.
    private var runtimeID: String { SoftwareID.named(by: content.software.runtimeDigest) }

    var software: [CrateEntity] {
        [tool, runtime, compiler, language]
            + content.software.packages.map { package in
                CrateEntity(
                    SoftwareID.package(package.identity), ["SoftwareSourceCode"],
                    [
                        "name": .string(package.identity), "version": .string(package.version),
                        "url": .string(package.url), "codeRepository": .string(package.url),
                        "identifier": .string(package.revision),
                    ])
            }
    }

    private var tool: CrateEntity {
        CrateEntity(
            toolID, ["SoftwareApplication"],
            [
                "name": .string("kdbook"), "version": .string(content.software.toolVersion), "url": .string(toolID),
                "identifier": .string("sha256:" + content.software.toolDigest),
                "description": .string(
                    "Runs a book of Markdown notebooks with Swift cells; the identifier stands for its sources"),
                "softwareRequirements": .references([SoftwareID.compiler, runtimeID]),
            ])
    }

    private var runtime: CrateEntity {
        CrateEntity(
            runtimeID, ["SoftwareApplication"],
            [
                "name": .string("kdbook's runtime library"), "version": .string(content.software.toolVersion),
                "url": .string(runtimeID), "identifier": .string("sha256:" + content.software.runtimeDigest),
                "description": .string("Cells run against it; the identifier stands for its sources"),
                "processorRequirements": .string(
                    "x86-64 or arm64. AVX-512, AVX2, NEON and portable code give the same bits, so that no record names one."
                ),
            ])
    }

    private var compiler: CrateEntity {
        CrateEntity(
            SoftwareID.compiler, ["SoftwareApplication"],
            [
                "name": .string("Swift"), "version": .string(content.software.compiler),
                "url": .string(SoftwareID.compiler),
            ])
    }

    private var language: CrateEntity {
        CrateEntity(
            SoftwareID.language, ["ComputerLanguage"],
            [
                "name": .string("kdbook notebooks: Markdown with cells of Swift"),
                "version": .string(content.software.toolVersion), "identifier": .string(SoftwareID.compiler),
                "url": .string(SoftwareID.compiler),
            ])
    }
}
