/// Has the code of packages find its resources beside the library that it was built into, wherever that lies now.
///
/// Swift's package manager writes the path of a target's resources into the target: into a line of a file that it makes when it plans a
/// build, and that is compiled in the same call. So the compiler that it is told to use is a script, which corrects that line first.
struct PackageResources {
    /// The folder that the packages are built in.
    let folder: RootedPath

    /// Where the package manager puts what it has built, from that folder.
    static let products = "build/\(Installation.architecture)-unknown-linux-gnu/release"

    private static let script = "compiler/swiftc"

    /// Makes the script.
    ///
    /// - Returns: its path.
    func compiler(for installation: Installation) throws(EngineError) -> String {
        let compiler = "'" + (installation.compilers + "/swiftc").replacing("'", with: "'\\''") + "'"
        let text = """
            #!/bin/sh
            for word do
                case $word in
                @*/sources) accessor=${word#@} && accessor=${accessor%/*}/DerivedSources/resource_bundle_accessor.swift ;;
                *) continue ;;
                esac
                [ ! -e "$accessor" ] || sed -i '\(PackageResources.correction)' "$accessor" || exit 1
            done
            exec \(compiler) "$@"

            """
        let place = folder / PackageResources.script
        try place.write(Array(text.utf8))
        place.permitStart()
        return place.path
    }

    /// What puts the folder of the library that the code lies in, in place of the folder of the build.
    static let correction: String = {
        let folder = "URL(fileURLWithPath: \(path)).deletingLastPathComponent().path"
        // sed puts what it has found in place of a bare `&`.
        let place = (folder + " + \"/\(products)/").replacing("&", with: #"\&"#)
        return #"s|^\( *let buildPath = \)".*/\([^/]*\)"$|\1\#(place)\2"|"#
    }()

    /// Swift that gives the path of the library that it lies in. Its C module does not show `dladdr`, which fills a structure of four
    /// pointers, the path first (dladdr(3)).
    private static let path: String = {
        let function = "(@convention(c) (UnsafeRawPointer, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> CInt).self"
        let call = "_ = unsafeBitCast(dlsym(nil, \"dladdr\"), to: \(function))(#dsohandle, &found)"
        let result = "return String(cString: found[0]!)"
        return "{ var found = [UnsafePointer<CChar>?](repeating: nil, count: 4); \(call); \(result) }()"
    }()

    /// The resources' files, from the folder, sorted.
    var files: [String] {
        let products = folder / PackageResources.products
        let bundles = products.entries.filter { $0.hasSuffix(".resources") }
        return bundles.flatMap { bundle in
            (products / bundle).filesWithin.map { "\(PackageResources.products)/\(bundle)/\($0)" }
        }
    }
}
