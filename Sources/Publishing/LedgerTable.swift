import Notebook
import Wire

extension Ledger {
    /// The ledger as it stands on the front page: a table of which each row opens, and can be shown by verdict, without a script.
    var html: String {
        let errors = errorsOfRules.map { page in
            " " + translated("How often the rules err") + translated(": ")
                + element("a", ["href": "\(page.name)/index.html"], escaped(page.title)) + translated(".")
        }
        let names = ["No.", "Claim", "Verdict", "Effect and 95\u{A0}% interval"]
        let head = element("tr", names.map { element("th", ["scope": "col"], translated($0)) }.joined())
        return "<section class=\"ledger\" aria-labelledby=\"claims\">"
            + element("h2", ["id": "claims"], translated("The claims and their verdicts"))
            + element("p", ["class": "ledger-summary"], escaped(summary) + translated(".")) + filter
            + element(
                "details", ["class": "note"],
                element("summary", translated("How verdicts are made"))
                    + element(
                        "p",
                        escaped(translated(Ledger.explanation))
                            + (errors ?? "")))
            + element(
                "table", ["class": "ledger"],
                element("thead", head) + element("tbody", entries.indices.map(row).joined(separator: "\n")))
            + "</section>"
    }

    static let explanation =
        "Each verdict follows from a rule that stood before the run. Where a rule was laid down in a file of its own, an interval"
        + " and a sign-flip p must agree, and the p must hold behind “Holm”, which corrects it for all findings of the edition"
        + " that decide; else the claim is undecided: the runs do not tell. A claim is conditional where some of its findings"
        + " support it and others refute it. It is stale where its record was made under another rule. Where the book says which"
        + " edition decides a claim, its verdict stands here, and those of others beside it check the sign."

    /// A bar of which each verdict has its share. The words beside it say the same.
    var bar: String {
        let shares = standings.map { standing in
            element("span", ["class": standing.name, "style": "flex-grow: \(standing.count)"], "")
        }
        return element("div", ["class": "verdicts", "aria-hidden": "true"], shares.joined())
    }

    /// Radio buttons that the style sheet obeys; nothing where all claims came to the same.
    private var filter: String {
        guard standings.count > 1 else { return "" }
        let choices = [(name: "all", count: entries.count)] + standings
        let buttons = choices.map { choice in
            let checked = choice.name == "all" ? " checked" : ""
            return "<input type=\"radio\" name=\"verdict\" id=\"show-\(choice.name)\"\(checked)>"
                + element(
                    "label", ["for": "show-\(choice.name)", "class": choice.name],
                    translated(choice.name) + " " + element("span", ["class": "count"], "\(choice.count)"))
        }
        return element("fieldset", ["class": "filter"], element("legend", translated("Show")) + buttons.joined())
    }

    private func row(_ index: Int) -> String {
        let entry = entries[index]
        let known =
            entry.claim.known.map {
                element("p", ["class": "known"], escaped(translated("Known") + translated(": ") + $0))
            } ?? ""
        // A link to the claim opens what it leads into.
        let more = element(
            "div", ["id": ClaimAnchor.name(entry.claim.id)], evidence(entry) + elsewhere(index) + known)
        let numbers = entry.decidingWords
        let interval = numbers?.interval.map { element("span", ["class": "interval"], escaped($0)) }
        return element(
            "tr", ["class": entry.standing],
            element("th", ["scope": "row"], escaped(entry.claim.id))
                + element("td", element("details", element("summary", escaped(entry.claim.says)) + more))
                + element(
                    "td", element("strong", ["class": "verdict"], translated(entry.standing)) + editionsInShort(index))
                + element(
                    "td", ["class": "effect"],
                    [numbers?.effect.map { escaped($0) }, interval].compactMap(\.self).joined(separator: " ")))
    }

    /// Which edition decides the claim, and what others make of it, in a word.
    private func editionsInShort(_ index: Int) -> String {
        let entry = entries[index]
        let others = otherEditions(index).map { "\($0.name): \(translated($0.entry.standing))" }
        let deciding = entry.claim.edition.map {
            $0 == entry.edition
                ? ["\(translated("in edition")) \($0)"] : ["\(translated("decides")): \($0), \(translated("open"))"]
        }
        return ((editions.isEmpty ? [] : deciding ?? []) + others).map {
            element("span", ["class": "edition"], escaped($0))
        }
        .joined()
    }

    /// The editions that have decided the claim, too, but for the one whose verdict stands here.
    private func otherEditions(_ index: Int) -> [(name: String, entry: Entry)] {
        editions.sorted { $0.key < $1.key }.compactMap { name, ledger in
            let entry = ledger.entries[index]
            return name == entries[index].edition || entry.decided == nil ? nil : (name, entry)
        }
    }

    /// What other editions make of the claim, by its deciding findings.
    private func elsewhere(_ index: Int) -> String {
        let lines = otherEditions(index).map { name, entry -> String in
            let findings = entry.deciding.map { place in
                let finding = entry.decided?.claim.findings[place]
                return finding.map { FindingWords($0, corrected: entry.corrected[place]).all } ?? ""
            }
            let words = ([translated(entry.standing)] + findings).joined(separator: ", ")
            let title = element("span", ["class": "setting"], escaped(translated("Edition") + " \(name)"))
            return element("li", title + " " + escaped(words))
        }
        return lines.isEmpty ? "" : element("ul", ["class": "findings editions"], lines.joined())
    }

    private func evidence(_ entry: Entry) -> String {
        if let decided = entry.decided {
            let link = element(
                "a", ["href": "\(decided.notebook)/index.html#\(ClaimAnchor.name(entry.claim.id))"],
                escaped(decided.claim.measured))
            let measured = element("p", ["class": "measured"], translated("Measured") + translated(": ") + link)
            guard !entry.isStale else {
                let path = Preregistration.path(of: entry.claim.id)
                let words =
                    "Stale: the record was made under another rule than that of \(path); it decides nothing until all starts"
                    + " are run again."
                return measured + element("p", ["class": "known"], escaped(words))
            }
            let rules = decided.claim.rules.map {
                let words = translated("Rule") + translated(": ") + translated($0) + translated(".")
                return element("p", ["class": "known"], escaped(words))
            }
            return measured + FindingList(decided.claim, corrected: entry.corrected, verdicts: entry.verdicts).html
                + rules.joined()
        }
        if !entry.claim.references.isEmpty {
            let items = entry.claim.references.map {
                element(
                    "li",
                    element("em", translated($0.isRight ? "right" : "wrong")) + " "
                        + escaped("\($0.cites): \($0.finds)"))
            }
            return element("ul", ["class": "findings"], items.joined())
        }
        let experiments = entry.claim.experiments.joined(separator: ", ")
        let planned = experiments.isEmpty ? "" : " It is planned as experiment \(experiments)."
        return element("p", ["class": "measured"], escaped(translated("No notebook decides it yet.") + planned))
    }
}

extension Ledger.Entry {
    /// The numbers of the finding that decides; `nil` where none or several do.
    var decidingWords: FindingWords? {
        guard deciding.count == 1, let finding = decided?.claim.findings.first else { return nil }
        return FindingWords(finding, corrected: corrected.first ?? nil)
    }
}
