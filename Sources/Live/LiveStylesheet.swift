/// How what the server adds to pages looks: the bar at the bottom of the window, and the marks at cells.
///
/// What is over in a moment is not shown at all: marks come after a third of a second.
let liveStylesheet = """
    html { overflow-anchor: none; scroll-padding-bottom: calc(var(--live-height, 0px) + 1rem); }
    body { padding-bottom: var(--live-height, 0px); }
    @media screen and (min-width: 1180px) { nav.contents { max-height: calc(100vh - 6rem - var(--live-height, 0px)); } }
    .live { position: fixed; z-index: 10; inset: auto 0 0; max-height: 100vh; overflow-y: auto; background: var(--panel); border-top: 1px solid var(--line); color: var(--ink); font-size: .85rem; line-height: 1.4; }
    .live-line, .live-note, .live-help { padding: .45rem 1rem; margin: 0; }
    .live-note { padding-bottom: 0; color: var(--quiet); }
    .live-line { display: flex; align-items: center; gap: .5rem; }
    .live-words { flex: 1; min-width: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
    .live-words span { white-space: nowrap; }
    .live-heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .live button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 6px; min-width: 2rem; height: 1.9rem; padding: 0 .6rem; cursor: pointer; white-space: nowrap; }
    .live button:disabled { color: var(--quiet); opacity: .5; cursor: default; }
    .live button:not(:disabled):hover { border-color: var(--accent); }
    .live [hidden] { display: none; }
    .live-help { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1rem; border-bottom: 1px solid var(--line); }
    .live-help dd { margin: 0; } .live kbd + kbd { margin-left: .4rem; }
    .live kbd { font: .85em ui-monospace, "DejaVu Sans Mono", monospace; background: var(--paper); border: 1px solid var(--line); border-radius: 4px; padding: .1em .4em; }
    .live-light { flex: none; width: .7rem; height: .7rem; border-radius: 50%; background: var(--quiet); }
    .live-light[data-colour="good"] { background: var(--good); }
    .live-light[data-colour="failed"] { background: var(--bad); } .live-light[data-colour="gone"] { background: var(--warn); }
    .live-light[data-colour="busy"], section.cell[data-live="running"]::after, section.cell[data-live="compiling"]::after { background: none; border: 2px solid var(--line); border-top-color: var(--accent); border-radius: 50%; animation: live-turn .9s linear infinite; }
    section.cell[data-live] { position: relative; }
    section.cell[data-live]::before { content: attr(data-live-label); position: absolute; z-index: 1; right: .5rem; top: -.7rem; max-width: 90%; padding: 0 .7em; font-size: .74rem; line-height: 1.35rem; color: var(--quiet); background: var(--paper); border: 1px solid var(--line); border-radius: 1em; font-variant-numeric: tabular-nums; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; animation: live-appear .2s .3s backwards; }
    section.cell[data-live]:not([data-live="waiting"])::before { color: var(--accent); border-color: var(--accent); }
    section.cell[data-live]:not([data-live="waiting"])::after { content: ""; position: absolute; left: -1.15rem; top: .6rem; width: .8rem; height: .8rem; }
    section.cell[data-live="waiting"] > * { opacity: .5; transition: opacity .2s .3s; }
    @keyframes live-turn { to { transform: rotate(1turn); } }
    @keyframes live-appear { from { opacity: 0; } }
    @media (prefers-reduced-motion: reduce) { .live-light[data-colour], section.cell[data-live][data-live]::after { animation: none; border-color: var(--accent); } }
    @media print { .live { display: none; } body { padding-bottom: 0; } section.cell[data-live]::before, section.cell[data-live]::after { content: none; } section.cell[data-live] > * { opacity: 1; } }
    """
