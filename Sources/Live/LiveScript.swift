import PageFiles
import Publishing

/// The script of served pages; its element says which page it stands on.
let liveScript = """
    (() => {
    'use strict';
    const page = document.currentScript.dataset.page;
    \(
        // From what stands by itself to what uses all the rest.
        [kdbook_alignment_js, kdbook_patch_js, kdbook_report_js, kdbook_bar_js, kdbook_connection_js]
            .map(\.text).joined(separator: "\n"))
    })();
    """

/// How what the server adds to pages looks. What is over in a moment is not shown at all: marks come after a third of a second.
let liveStylesheet = kdbook_live_css.text
