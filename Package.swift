// swift-tools-version: 6.2
import PackageDescription

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `KDBOOK_PART=runtime` leaves the tool and its packages out, so that what cells run against depends on nothing of them.
let part = Context.environment["KDBOOK_PART"]
let runtimeOnly = part == "runtime"

/// Where the toolchain that reads this manifest keeps the libraries of swift-syntax that its own compiler uses, optimised;
/// `nil` where it has none, and with `KDBOOK_SYNTAX=package`: the package is then built from source, which takes minutes.
let hostLibraries: String? = {
    // The program that reads a manifest is usr/bin/swift-build of the toolchain, or one beside it.
    guard Context.environment["KDBOOK_SYNTAX"] != "package",
        let program = realpath("/proc/\(getppid())/exe", nil).map({ String(cString: $0) })
    else { return nil }
    let toolchain = program.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    let host = toolchain + "/lib/swift/host"
    let needed = ["SwiftIDEUtils", "SwiftParser", "SwiftSyntax"].flatMap { ["\($0).swiftmodule", "lib\($0).so"] }
    return needed.allSatisfy { access("\(host)/\($0)", R_OK) == 0 } ? host : nil
}()

let swiftSettings: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("ExistentialAny"),
]

/// How a cell is read: with the toolchain's libraries, else with the package.
let syntaxDependencies: [Target.Dependency] =
    hostLibraries != nil
    ? []
    : ["SwiftIDEUtils", "SwiftParser", "SwiftSyntax"].map { .product(name: $0, package: "swift-syntax") }
let syntaxLinking: [LinkerSetting] =
    hostLibraries.map { [.unsafeFlags(["-L", $0, "-Xlinker", "-rpath", "-Xlinker", $0])] } ?? []
let syntaxPackage: [Package.Dependency] =
    hostLibraries != nil ? [] : [.package(url: "https://github.com/swiftlang/swift-syntax", exact: "603.0.1")]

/// What stands in a target's folder and is not built.
func unbuilt(_ name: String) -> [String] {
    access("\(Context.packageDirectory)/Sources/\(name)/README.md", F_OK) == 0 ? ["README.md"] : []
}

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, exclude: unbuilt(name), swiftSettings: swiftSettings)
}

func tests(
    _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: dependencies + ["TestSupport"], exclude: exclude, resources: resources,
        swiftSettings: swiftSettings)
}

func system(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

// What a cell can use, from the bottom up.
let runtimeTargets: [Target] = [
    system("CPNG", pkgConfig: "libpng", apt: "libpng-dev"),
    system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
    system("CFreeType", pkgConfig: "freetype2", apt: "libfreetype-dev"),
    system("CFontconfig", pkgConfig: "fontconfig", apt: "libfontconfig-dev"),
    system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
    .target(name: "CKernels", exclude: unbuilt("CKernels")),
    library("Digest", ["CCrypto"]),
    library("Wire"),
    library("Tensors", ["CKernels"]),
    .target(name: "CPNGWriter", dependencies: ["CPNG"]),
    library("Charts", ["CPNGWriter", "CFreeType", "CFontconfig", "LocalTime"]),
    library("DataFiles", ["CZlib", "Digest"]),
    library("Datasets", ["Tensors", "CZlib", "DataFiles", "Digest"]),
    library("LocalTime"),
    library("Frames", ["Datasets", "LocalTime"]),
    library("LossDiagnosis", ["Tensors"]),
    library("Distillation", ["Digest", "Tensors", "Datasets", "LossDiagnosis"]),
    library("Sequences", ["Tensors"]),
    library("Regression", ["Tensors"]),
    library("Features", ["Datasets", "Tensors"]),
    library("Evidence", ["Tensors", "Wire"]),
    .target(name: "CConfinement"),
    library("Confinement", ["CConfinement", "Wire"]),
    .target(name: "CKernelHost", dependencies: ["CKernels"]),
    library(
        "KDBook",
        [
            "CConfinement", "Charts", "CKernelHost", "Confinement", "Datasets", "Digest", "Distillation", "Evidence",
            "Features", "Frames", "LocalTime", "LossDiagnosis", "Regression", "Sequences", "Tensors", "Wire",
        ]),
    .executableTarget(name: "kdbook-kernel", dependencies: ["CConfinement"]),
    .executableTarget(
        name: "kdbook-bench",
        dependencies: ["Charts", "Datasets", "Distillation", "Features", "Frames", "Sequences", "Tensors"],
        swiftSettings: swiftSettings),
    .executableTarget(name: "kdbook-bench-charts", dependencies: ["Charts"], swiftSettings: swiftSettings),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: swiftSettings),
    tests("Tensors", ["CKernels", "Tensors"]),
    tests("Charts", ["Charts", "CPNG"], exclude: ["Golden"]),
    tests("Datasets", ["CZlib", "Datasets", "Distillation", "Tensors"], exclude: ["Golden"]),
    tests("Distillation", ["Datasets", "Distillation", "Tensors"], exclude: ["Golden", "files.base64"]),
    tests("Frames", ["Datasets", "Frames", "LocalTime", "Tensors"], exclude: ["python-csv.json"]),
    tests("LossDiagnosis", ["LossDiagnosis", "Tensors"]),
    tests("Sequences", ["Sequences", "Tensors"]),
    tests("Regression", ["Regression", "Tensors"]),
    tests("Features", ["Datasets", "Features", "Tensors"]),
    tests("Evidence", ["Evidence", "Tensors", "Wire"]),
    tests("KDBook", ["KDBook", "Wire"]),
    tests("Confinement", ["CConfinement"], exclude: ["Golden"]),
]

// What runs the book.
let toolTargets: [Target] = [
    system("CCMarkGFM", pkgConfig: "libcmark-gfm", apt: "libcmark-gfm-dev"),
    library("Notebook", ["CCMarkGFM", "Digest", "Wire", .product(name: "Yams", package: "Yams")]),
    .target(
        name: "CellSyntax", dependencies: ["Notebook"] + syntaxDependencies, swiftSettings: swiftSettings,
        linkerSettings: syntaxLinking),
    library("Comparison", ["Notebook", "Wire"]),
    library("Importing", ["Digest", "Notebook"]),
    library("Crates", ["CZlib", "DataFiles", "Digest", "LocalTime", "Wire"]),
    .target(name: "CSpawn", dependencies: ["CConfinement"]),
    .target(name: "CPNGReader", dependencies: ["CPNG"]),
    library(
        "Engine",
        [
            "CConfinement", "CPNGReader", "CSpawn", "CellSyntax", "Confinement", "DataFiles", "Digest", "Notebook",
            "Wire",
        ]),
    library("Math"),
    library("Diagrams"),
    .target(name: "PageFiles", exclude: ["live", "page"]),
    library(
        "Publishing",
        ["CCMarkGFM", "CZlib", "CellSyntax", "Diagrams", "Digest", "Math", "Notebook", "PageFiles", "Wire"]),
    library("Live", ["PageFiles", "Publishing", .product(name: "FlyingFox", package: "FlyingFox")]),
    library("Console", ["Engine", "Notebook"]),
    library(
        "Books",
        [
            "Charts", "Comparison", "Console", "Crates", "DataFiles", "Digest", "Engine", "Evidence", "Live",
            "Notebook",
            "Publishing", "Wire",
        ]),
    .executableTarget(
        name: "kdbook",
        dependencies: [
            "Books", "Console", "Crates", "DataFiles", "Digest", "Engine", "Importing", "Live", "LossDiagnosis",
            "Notebook",
            "Publishing", "Wire",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: swiftSettings),
    tests("Notebook", ["Notebook"], exclude: ["corpus.base64", "references.bib"]),
    tests("CellSyntax", ["CellSyntax", "Notebook"]),
    tests("Importing", ["Importing", "Notebook", "Publishing", "Wire"]),
    tests("Comparison", ["Comparison", "Notebook", "Wire"]),
    tests("Crates", ["Crates", "Digest", "Notebook", "Wire"], exclude: ["crates.base64"]),
    tests(
        "Engine", ["Crates", "DataFiles", "Digest", "Engine", "Notebook", "Publishing", "Wire"],
        exclude: ["Compiler", "OneFile", "Tour", "pipes.base64"]),
    tests("Books", ["Books", "Charts", "Engine", "Notebook", "Publishing", "Wire"]),
    tests("Command", ["Books", "kdbook", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    tests("Diagrams", ["Diagrams"]),
    tests("Math", ["Math"], resources: [.copy("Corpus")]),
    tests("Live", ["Live", "Notebook", "Publishing"]),
    tests("Publishing", ["Digest", "Notebook", "Publishing", "Wire"]),
    tests("Book", ["Engine", "Evidence", "Notebook", "Publishing", "Wire"]),
]

// What `script/fuzz` builds, with the fuzzer in every module.
let fuzzTargets: [Target] = [
    library("FuzzDriver"),
    .executableTarget(
        name: "kdbook-fuzz",
        dependencies: ["Diagrams", "Engine", "FuzzDriver", "Math", "Notebook", "Publishing"],
        swiftSettings: swiftSettings),
    .executableTarget(
        name: "kdbook-fuzz-files", dependencies: ["Datasets", "Distillation", "FuzzDriver"],
        swiftSettings: swiftSettings),
    .executableTarget(
        name: "kdbook-fuzz-crates", dependencies: ["Crates", "FuzzDriver"], swiftSettings: swiftSettings),
]

/// `KDBOOK_ONLY=Math` keeps one part, its tests, and what the two need: nothing else is built. The packages stay, although most
/// parts use none, so that Package.resolved stays as it is.
let only = Context.environment["KDBOOK_ONLY"]

func needed(for names: [String], of targets: [Target]) -> [Target] {
    var kept: Set<String> = []
    var open = names
    while let name = open.popLast() {
        guard kept.insert(name).inserted else { continue }
        for case .byNameItem(let other, _) in targets.first(where: { $0.name == name })?.dependencies ?? [] {
            open.append(other)
        }
    }
    return targets.filter { kept.contains($0.name) }
}

let everyTarget = runtimeTargets + (runtimeOnly ? [] : toolTargets) + (part == "fuzz" ? fuzzTargets : [])

// Only what reads cells gets the parser's flags. So the runtime's modules are compiled alike for cells and for the tool: once.
if let hostLibraries {
    for target in everyTarget {
        let needed = needed(for: [target.name], of: everyTarget)
        guard needed.contains(where: { $0.name == "CellSyntax" }) else { continue }
        target.swiftSettings?.append(.unsafeFlags(["-I", hostLibraries]))
    }
}

let targets = only.map { needed(for: [$0, $0 + "Tests"], of: everyTarget) } ?? everyTarget
if let only, targets.isEmpty {
    let complaint = "error: KDBOOK_ONLY=\(only): the project has no such part\n"
    _ = write(STDERR_FILENO, complaint, complaint.utf8.count)
    exit(1)
}

let package = Package(
    name: "kdbook",
    platforms: [.macOS(.v15)],
    products: only == nil
        ? [
            .library(name: "KDBook", type: .dynamic, targets: ["KDBook"]),
            .executable(name: "kdbook-kernel", targets: ["kdbook-kernel"]),
        ] + (runtimeOnly ? [] : [.executable(name: "kdbook", targets: ["kdbook"])]) : [],
    dependencies: runtimeOnly
        ? []
        : [
            .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
            .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
            .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
        ] + syntaxPackage,
    targets: targets,
    swiftLanguageModes: [.v6],
    cLanguageStandard: .gnu17
)
