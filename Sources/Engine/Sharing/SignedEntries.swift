/// The entries that manifests offer, one for each name, where those who signed it agree.
struct SignedEntries {
    struct Entry {
        let signer: String
        let contents: [SharedName: StoreManifest.Content]
    }

    private(set) var entries: [SharedEntry: Entry] = [:]
    /// What is said of entries that are refused.
    private(set) var refused: [String] = []
    /// What is said of entries that this machine cannot use.
    private(set) var unusable: [String] = []

    /// - Parameter system: this machine.
    init(_ manifests: [ReceivedManifests.Signed], on system: StoreManifest.System) {
        var disputed: Set<SharedEntry> = []
        var obstacles: [String: Set<SharedEntry>] = [:]
        // The first of two that agree is taken, whatever order they came in.
        for manifest in manifests.sorted(by: { $0.digest < $1.digest }) {
            let obstacle = manifest.system.obstacle(on: system)
            for (entry, contents) in manifest.entries where !disputed.contains(entry) {
                if let obstacle, entry.part == .cells {
                    obstacles["\(manifest.signer)'s machine: \(obstacle)", default: []].insert(entry)
                    continue
                }
                let offered = Entry(signer: manifest.signer, contents: contents)
                guard let other = entries[entry] else {
                    entries[entry] = offered
                    continue
                }
                guard let dispute = SignedEntries.dispute(other, offered) else { continue }
                disputed.insert(entry)
                entries[entry] = nil
                refused.append("\(entry.name): refused: \(dispute)")
            }
        }
        refused.sort()
        unusable = obstacles.sorted { $0.key < $1.key }.compactMap { words, left in
            let lacking = left.count { entries[$0] == nil }
            return lacking == 0 ? nil : "\(lacking) compiled cells are left out: \(words)"
        }
    }

    /// What two signers say differently under one name; `nil` where they agree.
    private static func dispute(_ first: Entry, _ second: Entry) -> String? {
        func words(_ what: String, _ one: String, _ other: String) -> String {
            "\(what): \(first.signer) signed \(one), \(second.signer) \(other)"
        }
        for name in first.contents.keys.sorted(by: { $0.path < $1.path }) where name.isTheSameEverywhere {
            guard let (one, other) = first.contents[name].flatMap({ one in second.contents[name].map { (one, $0) } })
            else { return words(name.path, "it", "an entry without it") }
            guard one.agrees(with: other) else {
                return words(name.path, "\(one.sha256.prefix(12))…", "\(other.sha256.prefix(12))…")
            }
        }
        return nil
    }
}

extension ReceivedManifests.Signed {
    /// Its files by entry.
    fileprivate var entries: [SharedEntry: [SharedName: StoreManifest.Content]] {
        contents.reduce(into: [:]) { entries, file in
            entries[SharedEntry(file.key), default: [:]][file.key] = file.value
        }
    }
}
