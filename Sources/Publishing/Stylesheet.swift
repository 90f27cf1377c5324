/// How all pages look on a screen, in light and dark.
let screenStylesheet = """
    :root {
      color-scheme: light dark;
      --paper: #ffffff; --ink: #1d2228; --quiet: #5c6670; --line: #dfe3e7; --panel: #f6f7f9;
      --accent: #0b5cad; --bad: #b3261e; --bad-panel: #fdf0ee; --warn: #8a5a00; --warn-panel: #fdf6e3; --mark: #ffe58a; --target: #fff6d6; --good: #1a6b3c;
      --keyword: #8b1a8b; --string: #a03c00; --number: #1750a6; --comment: #5f7060; --type: #14707a;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15181c; --ink: #dfe3e8; --quiet: #98a2ad; --line: #30363d; --panel: #1d2126;
        --accent: #79b4f2; --bad: #ff9d92; --bad-panel: #33201f; --warn: #e8c067; --warn-panel: #2e2818; --mark: #6b5a12; --target: #2c2716; --good: #7fd0a0;
        --keyword: #d79be8; --string: #f0a870; --number: #8fbcf7; --comment: #8fa38f; --type: #77ccd6;
      }
    }
    * { box-sizing: border-box; }
    html { font: 17px/1.62 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; scroll-behavior: smooth; }
    body { margin: 0; background: var(--paper); color: var(--ink); }
    header, main, footer { max-width: 50rem; margin: 0 auto; padding: 0 1.25rem; }
    header { padding-top: 1rem; font-size: .88rem; min-height: 3.2rem; display: flex; align-items: center; justify-content: space-between; gap: 1rem; }
    header .tools { display: flex; align-items: center; gap: .7rem; margin-left: auto; }
    header button, header input { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .2rem .6rem; height: 2.1rem; }
    header button { color: var(--quiet); cursor: pointer; white-space: nowrap; }
    header input { width: 11rem; max-width: 38vw; }
    header input::placeholder { color: var(--quiet); }
    .without-code pre.code, .without-code details.fold { display: none; }
    ol.results { list-style: none; padding: 0; } ol.results li { margin: 1.1rem 0; }
    ol.results p { margin: .15rem 0 0; font-size: .92rem; overflow-wrap: anywhere; }
    .status { color: var(--quiet); font-size: .92rem; }
    mark { background: var(--mark); color: inherit; border-radius: 2px; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
    footer { padding: 1rem 1.25rem 4rem; color: var(--quiet); font-size: .82rem; }
    a { color: var(--accent); text-decoration: none; }
    a:hover { text-decoration: underline; }
    h1 { font-size: clamp(1.65rem, 1.2rem + 2.2vw, 2.1rem); overflow-wrap: anywhere; line-height: 1.2; letter-spacing: -.015em; margin: 1.2rem 0 .6rem; }
    h2 { font-size: 1.42rem; line-height: 1.3; margin: 2.6rem 0 .7rem; }
    h3 { font-size: 1.13rem; margin: 1.9rem 0 .5rem; }
    .anchor { color: var(--line); font-weight: 400; text-decoration: none; }
    .anchor:focus, h2:hover .anchor, h3:hover .anchor, h4:hover .anchor { color: var(--accent); }
    .abstract { font-size: 1.1rem; color: var(--quiet); margin: 0 0 1.6rem; }
    nav.contents { border-left: 3px solid var(--line); padding: .1rem 0 .1rem 1rem; margin: 1.4rem 0 2rem; font-size: .92rem; }
    @media screen and (min-width: 1180px) {
      body:has(nav.contents) { padding-right: 17rem; }
      nav.contents { position: fixed; top: 4.6rem; left: calc((100vw - 17rem) / 2 + 25rem); width: 15.5rem; max-height: calc(100vh - 6rem); margin: 0; overflow-y: auto; font-size: .84rem; line-height: 1.45; }
      nav.contents li { margin: .3rem 0; }
    }
    nav.contents ul { list-style: none; margin: 0; padding: 0; }
    nav.contents .level-3 { padding-left: 1.2rem; }
    nav.neighbours { display: flex; justify-content: space-between; gap: 2rem; border-top: 1px solid var(--line); margin-top: 3.5rem; padding-top: 1rem; font-size: .92rem; }
    nav.neighbours .next { margin-left: auto; text-align: right; }
    code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    code { font-size: .88em; background: var(--panel); padding: .1em .3em; border-radius: 4px; }
    pre { font-size: .78rem; line-height: 1.5; background: var(--panel); border-radius: 6px; padding: .8rem 1rem; overflow-x: auto; margin: .9rem 0; tab-size: 4; }
    pre code { font-size: inherit; background: none; padding: 0; }
    section.cell { margin: 1.3rem 0; }
    section.cell > pre.code { border: 1px solid var(--line); margin-bottom: 0; }
    pre.output { background: none; border-left: 3px solid var(--line); border-radius: 0; padding: .25rem 0 .25rem 1rem; margin: .6rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
    .output.html { contain: layout paint; overflow-x: auto; }
    .skipped { opacity: .6; }
    .note { font-size: .88rem; color: var(--quiet); }
    details.fold > summary { cursor: pointer; font-size: .85rem; color: var(--quiet); }
    .keyword, .attribute, .directive { color: var(--keyword); }
    .string, .regex { color: var(--string); }
    .number { color: var(--number); }
    .comment { color: var(--comment); font-style: italic; }
    .type { color: var(--type); }
    :target { scroll-margin-top: 1rem; } h2:target, h3:target, h4:target, figure:target figcaption, .display:target, .references :target, .footnote:target { background: var(--target); box-shadow: 0 0 0 .35rem var(--target); border-radius: 2px; }
    figure { margin: 1.5rem 0; }
    figure img { max-width: 100%; height: auto; display: block; margin: 0 auto; }
    figcaption { font-size: .88rem; color: var(--quiet); margin-top: .6rem; }
    figure.table { margin: 1.2rem 0; }
    figure.table figcaption { margin: 0 0 .4rem; }
    figure.table div.table { margin: 0; }
    figcaption .number { color: var(--ink); font-weight: 600; }
    div.table { overflow-x: auto; margin: 1.2rem 0; }
    table { border-collapse: collapse; font-size: .92rem; line-height: 1.45; font-variant-numeric: tabular-nums; min-width: 50%; }
    thead { border-bottom: 1.5px solid var(--ink); }
    tbody { border-bottom: 1px solid var(--line); }
    th, td { text-align: left; padding: .28rem 1.4rem .28rem 0; vertical-align: top; }
    th { font-weight: 600; }
    td { border-top: 1px solid var(--line); }
    .right { text-align: right; } .center { text-align: center; }
    th.right:last-child, td.right:last-child { padding-right: 0; }
    figure.diagram { overflow-x: auto; text-align: center; }
    svg.flowchart { max-width: 100%; height: auto; font-family: inherit; }
    svg.flowchart text { fill: var(--ink); }
    svg.flowchart .node > :not(text) { fill: var(--panel); stroke: var(--quiet); stroke-width: 1.2; }
    svg.flowchart .edge { fill: none; stroke: var(--quiet); stroke-width: 1.4; }
    svg.flowchart .dotted { stroke-dasharray: 2 4; stroke-linecap: round; }
    svg.flowchart .thick { stroke-width: 2.6; }
    svg.flowchart .tip { fill: var(--quiet); }
    svg.flowchart .label { font-size: .92em; } svg.flowchart .label rect { fill: var(--paper); }
    blockquote { margin: 1rem 0; padding: 0 0 0 1rem; border-left: 3px solid var(--line); color: var(--quiet); }
    hr { border: 0; border-top: 1px solid var(--line); margin: 2rem 0; }
    .diagnostic { font-size: .86rem; padding: .55rem .9rem; margin: .6rem 0; border-radius: 6px; background: var(--panel); overflow-wrap: anywhere; white-space: pre-wrap; }
    .diagnostic .place { font-family: ui-monospace, "DejaVu Sans Mono", monospace; color: var(--quiet); }
    .diagnostic.error { background: var(--bad-panel); } .diagnostic.error strong { color: var(--bad); }
    .diagnostic.warning { background: var(--warn-panel); } .diagnostic.warning strong { color: var(--warn); }
    .supported { --verdict: var(--good); } .refuted { --verdict: var(--bad); } .conditional { --verdict: var(--warn); } .undecided, .open { --verdict: var(--quiet); }
    .claim { border: 1px solid var(--line); border-left: 4px solid var(--verdict); border-radius: 6px; padding: .7rem 1rem; margin: .9rem 0; overflow-wrap: anywhere; }
    .claim p { margin: 0 0 .35rem; } .claim p:last-child { margin: 0; }
    .claim .id { font-weight: 600; font-variant-numeric: tabular-nums; }
    .verdict { color: var(--verdict); border: 1.5px solid var(--verdict); border-radius: 1em; padding: .02em .6em .08em; font-size: .85em; font-weight: 600; white-space: nowrap; }
    .claim .findings { list-style: none; margin: .2rem 0 .45rem; padding: 0; font-variant-numeric: tabular-nums; }
    .claim .setting { font-weight: 600; } .claim .rule { font-size: .86rem; color: var(--quiet); }
    .claim .says { font-style: italic; } .claim .measured { font-size: .95rem; }
    .ledger-summary { font-size: 1.1rem; }
    ol.ledger { list-style: none; padding: 0; margin: 1rem 0; border-top: 1px solid var(--line); }
    ol.ledger > li { display: grid; grid-template-columns: 9.5rem 1fr; gap: .2rem 1rem; padding: .8rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
    ol.ledger > li:target { background: var(--panel); }
    ol.ledger .id { font-weight: 600; font-variant-numeric: tabular-nums; }
    ol.ledger p { margin: 0 0 .2rem; } ol.ledger .measured, ol.ledger .known, ol.ledger .findings { font-size: .9rem; }
    ol.ledger .known { color: var(--quiet); }
    ol.ledger .findings { list-style: none; margin: 0 0 .2rem; padding: 0; font-variant-numeric: tabular-nums; }
    ol.ledger .setting { font-weight: 600; }
    @media (max-width: 36rem) { ol.ledger > li { grid-template-columns: 1fr; } }
    .provenance summary { cursor: pointer; }
    .provenance dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .45rem 1.4rem; margin: .9rem 0 0; }
    .provenance dt { color: var(--ink); } .provenance dd { margin: 0; overflow-wrap: anywhere; }
    .provenance code { background: none; padding: 0; }
    .provenance table { font-size: inherit; min-width: 0; } .provenance tbody { border: 0; }
    .provenance th, .provenance td { border: 0; padding: 0 1.2rem .15rem 0; font-weight: 400; }
    ol.notebooks { padding-left: 1.4rem; } ol.notebooks li { margin: 1.1rem 0; font-size: 1.08rem; }
    ol.notebooks p { margin: .2rem 0 0; font-size: .95rem; color: var(--quiet); }
    math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", "DejaVu Math TeX Gyre", math; font-size: 1.05em; }
    .display { display: block; margin: 1rem 0; overflow-x: auto; overflow-y: hidden; }
    .numbered .number { color: var(--quiet); } .numbered { display: flex; align-items: center; gap: 1rem; } .numbered .formula { flex: 1; min-width: 0; overflow-x: auto; overflow-y: hidden; }
    .footnotes { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: .5rem; }
    .footnote { font-size: .88rem; } .footnote p { display: inline; }
    ul.references { list-style: none; padding: 0; font-size: .92rem; } ul.references li { margin: .5rem 0; padding-left: 1.6rem; text-indent: -1.6rem; overflow-wrap: anywhere; }
    """
