import PageFiles

/// How all pages look: on a screen, in light and dark; and on paper, from `kdbook export --pdf` or a browser, with no
/// navigation, code unfolded and figures whole.
let stylesheet = [
    PageTheme.stylesheet,
    kdbook_screen_css.text, kdbook_frame_css.text, kdbook_front_css.text, printedTextStylesheet,
    PageVariants.stylesheet,
    kdbook_print_css.text,
].joined(separator: "\n")
