import Diagrams
import Testing

/// Flowcharts as Mermaid's documentation has them, in words of our own: what Mermaid 11 draws is drawn, and what it refuses is refused
/// at the same line.
@Suite struct FlowchartCorpusTests {
    @Test(arguments: [
        "flowchart LR\n    load", "flowchart\nload --> train", "graph\nA",
        "graph TD;\n    A-->B;\n    A-->C;\n    B-->D;",
        "---\ntitle: Training\n---\nflowchart LR\n    load", "%%{init: {'theme': 'dark'}}%%\nflowchart TB\nA",
        "graph >\nA-->B",
        "graph v\nA", "graph ^\nA", "graph <\nA", "flowchart-elk TD\nA --> B",
        "flowchart LR\nid1[A box of words]", "flowchart LR\nid[\"Ünicode ❤\"]",
        "flowchart LR\na[\"`**bold** _slanted_`\"]",
        "flowchart LR\na[\"`One\nTwo\nThree`\"]",
        "flowchart LR\na(round) --> b([stadium]) --> c[[sub]] --> d[(data)] --> e((circle))",
        "flowchart LR\na>odd] --> b{choice} --> c{{six}} --> d[/lean/] --> e[\\back\\] --> f[/narrow\\] --> g[\\wide/] --> h(((two)))",
        "flowchart LR\nA-->B\nA --- B\nA-.->B;\nA ==> B\nA ~~~ B\nA --o B\nA --x B\nA o--o B\nB <--> C\nC x--x D",
        "flowchart LR\nA-- words! ---B\nA---|words|B\nA-->|words|B\nA-- words -->B\nA-. words .-> B\nA == words ==> B",
        "flowchart LR\nA -- one --> B -- two --> C", "flowchart LR\na --> b & c--> d", "flowchart TB\nA & B--> C & D",
        "flowchart TD\nA[Start] --> B{Good?}\nB -->|Yes| C[OK]\nC --> D[Rethink]\nD --> B\nB ---->|No| E[End]",
        "flowchart TD\nB -- No ----> E\nA ===> B\nA -..-> C", "flowchart LR\nA e1@--> B\ne1@{ animate: true }",
        "flowchart LR\nA a1@==> B\na1@{ animation: fast }", "flowchart LR\na[\"The (words) in it\"]",
        "flowchart LR\nA[\"A quote: #quot;\"] --> B[\"A heart: #9829;\"]", "flowchart LR\nA -- \"in (brackets)\" --> B",
        "flowchart TB\nc1-->a2\nsubgraph one\na1-->a2\nend\nsubgraph two\nb1-->b2\nend\none --> two",
        "flowchart TB\nsubgraph id1 [The title]\na1-->a2\nend", "flowchart TB\nsubgraph \"Words (of it)\"\na\nend",
        "flowchart LR\nsubgraph TOP\n  direction TB\n  subgraph B1\n    direction RL\n    i1 --> f1\n  end\nend\nA --> TOP --> B",
        "flowchart LR\n%% nothing A -- words --> B{node}\nA -- words --> B", "flowchart LR\nA --> B; B --> C; C",
        "flowchart LR\nA-->B\nB-->C\nlinkStyle 0 stroke:#ff3,stroke-width:4px,color:red;\nlinkStyle 0,1 color:blue;",
        "flowchart LR\nid1(Start)-->id2(Stop)\nstyle id1 fill:#f9f,stroke:#333,stroke-width:4px\nstyle id2 fill:#bbf,color:#fff,stroke-dasharray: 5 5",
        "flowchart LR\nA:::hot --> B\nclassDef hot fill:#f96",
        "flowchart LR\nA & B\nclassDef one,two font-size:12pt;\nclass A,B one;",
        "flowchart LR\nA[\"x\"]:::c --> B:::c\nclassDef default fill:#eee",
        "flowchart LR\nendpoint --> classy --> styled --> subgraphs",
        "flowchart LR\nEnd --> end1", "flowchart LR\na.b --> c-d --> e_f --> 1g --> 教师", "flowchart LR\n\n\nA -->\nB",
        "flowchart LR\nA@{ shape: rect }", "flowchart LR\nA@{ shape: 'rect', label: 'It is' }",
        "flowchart LR\nA@{shape: \"cyl\"}",
        "flowchart RL\nA@{ shape: manual-file, label: \"File\"}\nB@{ shape: docs, label: \"Many\"}\nA --> B",
        "flowchart LR\nA@{\n  shape: doc\n  label: \"On lines\"\n}\nA --> B",
        "flowchart LR\nA@{ label: \"No shape\" } --> B@{ shape: tri }",
        "flowchart LR\nA@{ shape: rect, w: 60, constraint: on }", "flowchart LR\nA[Text]@{ shape: stadium }",
        "flowchart LR\nA@{}",
        "flowchart LR\naccTitle: A title\naccDescr: What it says\nA --> B",
        "flowchart LR\naccDescr {\nOver\nlines\n}\nA",
        "flowchart LR\nA[one<br>two] --> B[\"$$x^2$$\"]", "flowchart LR\nA --> A",
        "flowchart LR\n    A[a] -->|\"x | y\"| B",
    ])
    func whatMermaidDrawsIsDrawn(source: String) throws {
        #expect(try flowchartSVG(mermaid: source).hasPrefix("<svg"))
        #expect(try flowchartSVG(mermaid: source.replacing("\n", with: "\r\n")).hasPrefix("<svg"))
    }

    @Test(arguments: [
        ("flowchart LR\nA -> B", 2), ("flowchart LR\nA --> B\nA -->", 3), ("flowchart LR\nA --> B %% why", 2),
        ("flowchart LR\nA[words (more)]", 2), ("flowchart LR\nA[]", 2), ("flowchart LR\nA[\"\"]", 2),
        ("flowchart LR\nA[open", 2),
        ("flowchart LR\nA{open", 2), ("flowchart LR\nA((x)", 2), ("flowchart LR\nA[\"open]", 2),
        ("flowchart LR\nA --> end", 2),
        ("flowchart LR\nend --> A", 2), ("flowchart LR\nA B", 2), ("flowchart LR\nA --> B C", 2),
        ("flowchart LR\nA --> --> B", 2),
        ("flowchart LR\nA & --> B", 2), ("flowchart LR\n& A", 2), ("flowchart LR\nA --B", 2),
        ("flowchart LR\nA -- x B\nC", 2),
        ("flowchart LR\nA -->|x B", 2), ("flowchart LR\nsubgraph one\nA", 2), ("flowchart LR\nA\nend", 3),
        ("flowchart LR\nsubgraph\nA\nend", 2),
        ("flowchart LR\nsubgraph a\ndirection XY\nA\nend", 3), ("flowchart XY\nA", 1), ("flow LR\nA", 1),
        ("flowchart LR\nA@{ shape: Rect }", 2),
        ("flowchart LR\nA@{ shape: lean_right }", 2), ("flowchart LR\nA@{ shape: nothing }", 2),
        ("flowchart LR\nA@{ shape: rect", 2),
        ("flowchart LR\nA:::", 2), ("flowchart LR\nA:::a,b", 2), ("flowchart LR\nA:::a:::b", 2),
        ("flowchart LR\nA --> B\nlinkStyle 1 stroke:red", 3),
        ("flowchart LR\nA\nstyle", 3), ("flowchart LR\nA\nclass A", 3), ("flowchart LR\nA\nclassDef", 3),
        ("flowchart LR\nA[x]y", 2),
        ("flowchart LR\nA] --> B", 2), ("flowchart LR\nA --> (x)", 2), ("flowchart LR\nA -. x --> B", 2),
        ("flowchart LR\nA == x --> B", 2),
        ("flowchart LR\n-->", 2), ("flowchart LR\nA --> |x| |y| B", 2), ("flowchart LR\naccTitle\nA", 2),
        ("sequenceDiagram\nA->>B: x", 1),
        // Mermaid draws these; here the cure is told.
        ("flowchart LR\nA\nclick A \"https://x.org\"", 3), ("flowchart LR\nA@{ icon: \"fa:user\" }", 2),
        ("flowchart LR\nA@{ img: \"x.png\" }", 2),
        ("flowchart LR\nA[fa:fa-car Car]", 2), ("flowchart LR\nsubgraph a\nB\nend\na --> B", 5),
    ])
    func whatMermaidRefusesIsRefusedAtItsLine(source: String, line: Int) throws {
        let error = #expect(throws: DiagramError.self) { try flowchartSVG(mermaid: source) }
        #expect(error?.line == line, "\(error?.message ?? "")")
    }
}
