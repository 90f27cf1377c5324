import Wire

extension CrateWriter {
    /// The file that stands for the whole book; `nil` where it has none.
    var bookFile: ArchivePath? { content.files.keys.first { $0.description == "Notebooks/book.yml" } }

    /// The workflow that the crate is about: the book, or the first notebook of one that says nothing of itself.
    var mainWorkflow: String? {
        (bookFile ?? content.notebooks.map(\.path).min()).map { CrateEntity.id(of: $0) }
    }

    /// The book as a workflow, of which the notebooks are parts.
    var bookMembers: [String: JSONValue?] {
        workflowMembers.merging([
            "name": .string(content.title),
            "hasPart": .references(content.notebooks.map { CrateEntity.id(of: $0.path) }),
        ]) { $1 }
    }

    func members(of workflow: CrateContent.Workflow) -> [String: JSONValue?] {
        let software = [toolID, SoftwareID.compiler] + workflow.packages.map(SoftwareID.package)
        return workflowMembers.merging([
            "description": .string(workflow.abstract ?? "A notebook: Markdown with cells of Swift"),
            "input": .references(workflow.parameters.map { parameterID($0.name, of: workflow.name) }),
            "softwareRequirements": .references(software),
        ]) { $1 }
    }

    private var workflowMembers: [String: JSONValue?] {
        [
            "programmingLanguage": .reference(SoftwareID.language),
            "runtimePlatform": .string(content.software.compiler),
            "author": .references(content.people.map(id)), "creator": .references(content.people.map(id)),
            "dateCreated": .string(content.time.description),
            "sdPublisher": content.people.first.map { .reference(id(of: $0)) },
            "version": .string(content.version ?? content.time.description),
        ]
    }

    func parameterID(_ name: String, of notebook: String) -> String {
        "#parameter/\(CrateWriter.slug(notebook))/\(CrateWriter.slug(name))"
    }

    private func valueID(_ name: String, of run: CrateContent.Run) -> String {
        "#value/\(CrateWriter.slug(run.edition))/\(CrateWriter.slug(run.notebook))/\(CrateWriter.slug(name))"
    }

    /// The parameters that notebooks take.
    var workflowParts: [CrateEntity] {
        content.notebooks.flatMap { workflow in
            workflow.parameters.map { parameter in
                CrateEntity(
                    parameterID(parameter.name, of: workflow.name), ["FormalParameter"],
                    [
                        "name": .string(parameter.name), "additionalType": .string(parameter.kind.rawValue),
                        "defaultValue": .string(parameter.value), "valueRequired": .bool(false),
                        "description": .string("A constant that the cells of \(workflow.name) read"),
                    ])
            }
        }
    }

    func id(of run: CrateContent.Run) -> String {
        "#run/\(CrateWriter.slug(run.edition))/\(CrateWriter.slug(run.notebook))"
    }

    /// Each run, with the values of its parameters; and that of the whole book, which gave its front page.
    var runs: [CrateEntity] {
        content.runs.flatMap { run -> [CrateEntity] in
            let known = content.notebooks.first { $0.name == run.notebook }
            let values = run.parameters.map { name, value in
                let isFormal = known?.parameters.contains { $0.name == name } ?? false
                return CrateEntity(
                    valueID(name, of: run), ["PropertyValue"],
                    [
                        "name": .string(name), "value": .string(value),
                        "exampleOfWork": isFormal ? .reference(parameterID(name, of: run.notebook)) : nil,
                    ])
            }
            return [action(run, known, values: values.map(\.id))] + values
        } + bookRun
    }

    private func action(_ run: CrateContent.Run, _ workflow: CrateContent.Workflow?, values: [String]) -> CrateEntity {
        return CrateEntity(
            id(of: run), ["CreateAction"],
            [
                "name": .string("Run of \(run.notebook), edition \(run.edition)"),
                "description": .string("kdbook render \(run.notebook) --edition \(run.edition)"),
                "instrument": (workflow.map { CrateEntity.id(of: $0.path) } ?? mainWorkflow).map(JSONValue.reference),
                "object": .references(run.inputs.compactMap(inputID) + values),
                "result": .references(run.results.map(CrateEntity.id)),
                // A record bears no time of its own: it was there when the book was committed.
                "endTime": .string(content.time.description),
                "agent": content.people.first.map { .reference(id(of: $0)) },
                // A run that did not fail need not say so.
                "actionStatus": run.hasFailed ? .string("http://schema.org/FailedActionStatus") : nil,
            ])
    }

    private func inputID(_ input: String) -> String? {
        if let path = try? ArchivePath(input), content.files[path] != nil { return CrateEntity.id(of: path) }
        // A record names data by its content, unpacked; the file may be packed.
        if let path = try? ArchivePath(input + ".gz"), content.files[path] != nil { return CrateEntity.id(of: path) }
        return content.data.flatMap(\.files).first { $0.input == input }.map(dataFileID)
    }

    private var bookRun: [CrateEntity] {
        guard let bookFile else { return [] }
        let fronts = content.files.keys.filter { path in
            let names = path.description.split(separator: "/")
            return names.count == 3 && names[0] == "Output" && names[2] == "index.html"
        }
        let results = content.runs.flatMap(\.results).filter { $0.description.hasSuffix("/record.json") } + fronts
        return [
            CrateEntity(
                CrateWriter.bookRunID, ["CreateAction"],
                [
                    "name": .string("Run of the whole book"), "description": .string("kdbook render"),
                    "instrument": .reference(CrateEntity.id(of: bookFile)),
                    "object": .references(content.notebooks.map { CrateEntity.id(of: $0.path) }),
                    "result": .references(results.map(CrateEntity.id)), "endTime": .string(content.time.description),
                    "agent": content.people.first.map { .reference(id(of: $0)) },
                ])
        ]
    }

    static let bookRunID = "#run"
}
