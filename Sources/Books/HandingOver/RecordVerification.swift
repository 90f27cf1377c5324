import Console
import Crates
import Digest
import Engine
import Evidence
import Foundation
import Notebook
import Publishing
import Wire

/// A record that a bundle brought, and what of it can be verified without a run.
struct ReceivedRecord {
    /// From the bundle's root: `Output/default/n/record.json`.
    let path: String
    /// The record; `nil` where this version of kdbook cannot read it.
    let record: Record?
    private let json: JSONValue?
    private let problem: String?

    init(_ path: String, in bundle: ReceivedBundle) throws {
        self.path = path
        let bytes = try (bundle.book.folder / path).read()
        json = try? StableJSON.decode(JSONValue.self, from: bytes)
        do {
            let record = try StableJSON.decode(Record.self, from: bytes)
            (self.record, problem) = (record, nil)
        } catch DecodingError.dataCorrupted(let context) {
            (record, problem) = (nil, "no record can be so: \(context.debugDescription)")
        } catch {
            (record, problem) = (nil, "it is no record of this version of kdbook")
        }
    }

    /// The folder of the page, from the bundle's root.
    var folder: String { (path as NSString).deletingLastPathComponent }

    /// Whether it can be read as a record, and lies where such a record lies.
    var item: VerifiedItem {
        guard let record else { return VerifiedItem(.record, path, .different([problem ?? ""])) }
        let place = "Output/\(record.edition)/\(record.notebook)/record.json"
        guard place == path || path == "\(record.edition)/\(record.notebook)/record.json" || !path.hasPrefix("Output/")
        else { return VerifiedItem(.record, path, .different(["it says that it is \(place)"])) }
        return VerifiedItem(.record, path, .exact)
    }

    /// The digest of the record's file, where it is what `found` would be written as.
    func digest(whereEqualTo found: Record, in bundle: ReceivedBundle) throws -> SHA256Digest? {
        let digest = SHA256Digest(of: try StableJSON.encode(found))
        return try (bundle.book.folder / path).digest() == digest ? digest : nil
    }

    // MARK: Claims

    /// What the evidence makes of each claim's observations, whether or not the record as a whole can be read.
    func claims() -> [(id: String, item: VerifiedItem)] {
        (json?.claims ?? []).map { value in
            guard let bytes = try? StableJSON.encode(value),
                let claim = try? StableJSON.decode(StatedClaim.self, from: bytes)
            else { return ("", VerifiedItem(.claim, "\(path): a claim", .notVerified("it cannot be read"))) }
            return (claim.id, VerifiedItem(.claim, "\(path): claim \(claim.id)", claim.outcome))
        }
    }

    // MARK: Inputs and pictures

    /// Whether the bundle's inputs are those that the record was made from.
    func inputs(in bundle: ReceivedBundle) -> [VerifiedItem] {
        (record?.inputs ?? []).map { input in
            let isRule = input.path.hasPrefix(Preregistration.folder + "/")
            let name = "\(path): \(isRule ? "rule" : "input") \(input.path)"
            do throws(EngineError) {
                let place = record?.place(of: input.path, in: bundle.book) ?? input.path
                guard let found = try bundle.book.contentDigest(ofInput: place) else {
                    return VerifiedItem(.input, name, .notVerified("it is not in the bundle"))
                }
                let words = "recorded SHA-256 \(input.sha256.prefix(12))…, the bundle's is \(found.prefix(12))…"
                return VerifiedItem(.input, name, found == input.sha256 ? .exact : .different([words]))
            } catch {
                return VerifiedItem(.input, name, .different([error.cause]))
            }
        }
    }

    /// Whether the files that the notebook wrote are those that its record tells of, where they are in the bundle.
    func outputs(in bundle: ReceivedBundle) -> [VerifiedItem] {
        (record?.outputs ?? []).compactMap { output in
            let file = "\(folder)/\(output.path)"
            guard bundle.has(file) else { return nil }
            let found = (try? (bundle.book.folder / file).digest().description) ?? "none"
            let words = "recorded SHA-256 \(output.sha256.prefix(12))…, the bundle's is \(found.prefix(12))…"
            return VerifiedItem(.file, file, found == output.sha256 ? .exact : .different([words]))
        }
    }

    /// Whether the pictures of the page show what the record says, pixel by pixel.
    func pictures(in bundle: ReceivedBundle) -> [VerifiedItem] {
        Set(record?.cells.flatMap(\.pictures) ?? []).sorted().compactMap { digest in
            let file = "\(folder)/\(FigureFiles.path(digest))"
            guard bundle.has(file) else { return nil }
            let bytes = (try? (bundle.book.folder / file).read()) ?? []
            guard let picture = PictureFile(Data(unlabelled(bytes))) else {
                return VerifiedItem(.picture, file, .different(["it is no picture of a figure"]))
            }
            let words = "recorded pixels \(digest.prefix(12))…, the bundle's are \(picture.digest.short)…"
            return VerifiedItem(.picture, file, picture.digest.description == digest ? .exact : .different([words]))
        }
    }
}

/// A claim as a record states it, whose verdict may be anyone's.
private struct StatedClaim: Decodable {
    let id: String
    let verdict: Verdict
    let combination: Claim.Combination
    let findings: [Finding]

    var outcome: VerifiedItem.Outcome {
        var problems: [String] = []
        var verdicts: [Verdict] = []
        for finding in findings {
            do throws(UnderivableFinding) {
                let derived = try finding.derivedAgain()
                verdicts.append(derived.verdict)
                problems += finding.differences(from: derived)
            } catch {
                return .notVerified(error.description)
            }
        }
        guard !verdicts.isEmpty else { return .different(["it has no finding"]) }
        let derived = combination.verdict(of: verdicts)
        if derived != verdict {
            problems.insert("verdict: recorded \(verdict.rawValue), derived \(derived.rawValue)", at: 0)
        }
        return problems.isEmpty ? .exact : .different(problems)
    }
}

extension Finding {
    /// In what it is not what its observations give.
    fileprivate func differences(from derived: Finding) -> [String] {
        let place = setting.isEmpty ? "its finding, " : "“\(setting)”, "
        func compare<Value: Equatable>(_ what: String, _ stated: Value?, _ found: Value?) -> String? {
            let words = { (value: Value?) in value.map { "\($0)" } ?? "none" }
            return stated == found ? nil : "\(place)\(what): recorded \(words(stated)), derived \(words(found))"
        }
        return [
            compare("verdict", verdict.rawValue, derived.verdict.rawValue), compare("effect", effect, derived.effect),
            compare("lower end of the interval", interval?.lower, derived.interval?.lower),
            compare("upper end of the interval", interval?.upper, derived.interval?.upper),
            compare("p", p, derived.p), compare("n", n, derived.n),
        ].compactMap(\.self)
    }
}

extension JSONValue {
    /// The claims among the displays of a record's cells.
    fileprivate var claims: [JSONValue] {
        guard case .object(let record) = self, case .array(let cells)? = record["cells"] else { return [] }
        return cells.flatMap { cell -> [JSONValue] in
            guard case .object(let cell) = cell, case .array(let displays)? = cell["displays"] else { return [] }
            return displays.compactMap { display in
                guard case .object(let display) = display, case .object(let claim)? = display["claim"] else {
                    return nil
                }
                // An enumeration's only value stands under a name of its own.
                return claim["_0"] ?? .object(claim)
            }
        }
    }
}
