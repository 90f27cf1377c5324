#include "PageFiles.h"

// The package is in C17, which has no #embed; the compiler that comes with Swift has it in every language mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char screen_css[] = {
#embed "page/screen.css"
};
const kdbook_page_file kdbook_screen_css = {screen_css, sizeof screen_css};

static const unsigned char frame_css[] = {
#embed "page/frame.css"
};
const kdbook_page_file kdbook_frame_css = {frame_css, sizeof frame_css};

static const unsigned char front_css[] = {
#embed "page/front.css"
};
const kdbook_page_file kdbook_front_css = {front_css, sizeof front_css};

static const unsigned char print_css[] = {
#embed "page/print.css"
};
const kdbook_page_file kdbook_print_css = {print_css, sizeof print_css};

static const unsigned char search_js[] = {
#embed "page/search.js"
};
const kdbook_page_file kdbook_search_js = {search_js, sizeof search_js};

static const unsigned char values_js[] = {
#embed "page/values.js"
};
const kdbook_page_file kdbook_values_js = {values_js, sizeof values_js};

static const unsigned char figures_js[] = {
#embed "page/figures.js"
};
const kdbook_page_file kdbook_figures_js = {figures_js, sizeof figures_js};

static const unsigned char page_js[] = {
#embed "page/page.js"
};
const kdbook_page_file kdbook_page_js = {page_js, sizeof page_js};

static const unsigned char tables_js[] = {
#embed "page/tables.js"
};
const kdbook_page_file kdbook_tables_js = {tables_js, sizeof tables_js};

static const unsigned char live_css[] = {
#embed "live/live.css"
};
const kdbook_page_file kdbook_live_css = {live_css, sizeof live_css};

static const unsigned char alignment_js[] = {
#embed "live/alignment.js"
};
const kdbook_page_file kdbook_alignment_js = {alignment_js, sizeof alignment_js};

static const unsigned char patch_js[] = {
#embed "live/patch.js"
};
const kdbook_page_file kdbook_patch_js = {patch_js, sizeof patch_js};

static const unsigned char report_js[] = {
#embed "live/report.js"
};
const kdbook_page_file kdbook_report_js = {report_js, sizeof report_js};

static const unsigned char bar_js[] = {
#embed "live/bar.js"
};
const kdbook_page_file kdbook_bar_js = {bar_js, sizeof bar_js};

static const unsigned char connection_js[] = {
#embed "live/connection.js"
};
const kdbook_page_file kdbook_connection_js = {connection_js, sizeof connection_js};
