/// How all pages look.
let stylesheet = [screenStylesheet, printedTextStylesheet, printStylesheet].joined(separator: "\n")

/// How all pages look on paper, from `kdbook export --pdf` or a browser: no navigation, code unfolded, figures whole.
private let printStylesheet = """
    @page {
      size: A4; margin: 18mm 17mm 20mm;
      @bottom-center { content: counter(page) " / " counter(pages); font: 8.5pt system-ui, "DejaVu Sans", sans-serif; color: #5c6670; }
    }
    @media print {
      :root {
        color-scheme: light;
        --paper: #ffffff; --ink: #1d2228; --quiet: #5c6670; --line: #dfe3e7; --panel: #f6f7f9;
        --accent: #0b5cad; --bad: #b3261e; --bad-panel: #fdf0ee; --warn: #8a5a00; --warn-panel: #fdf6e3;
        --keyword: #8b1a8b; --string: #a03c00; --number: #1750a6; --comment: #5f7060; --type: #14707a;
      }
      html { font-size: 10.2pt; line-height: 1.5; }
      body { print-color-adjust: exact; }
      header, nav, .anchor, details.fold > summary { display: none; }
      main, footer { max-width: none; padding: 0; }
      footer { margin-top: 1.5rem; font-size: 8.5pt; }
      p, li { orphans: 3; widows: 3; }
      h1, h2, h3, h4 { break-after: avoid; break-inside: avoid; }
      h1 { margin-top: 0; }
      figure, figcaption, .claim, .diagnostic, .display, tr, svg { break-inside: avoid; }
      figure img { max-height: 220mm; width: auto; }
      figure.table figcaption { break-after: avoid; }
      thead { display: table-header-group; }
      div.table, .display, pre { overflow: visible; }
      pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 8pt; }
      details::details-content { content-visibility: visible; display: block; block-size: auto; }
    }
    """
