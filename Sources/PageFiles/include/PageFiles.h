#ifndef KDBOOK_PAGE_FILES_H
#define KDBOOK_PAGE_FILES_H

#include <stddef.h>

/// A script or style sheet of the pages, as it stands in `page` or `live` beside: UTF-8 that ends with a line's end.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} kdbook_page_file;

// Of all pages.
extern const kdbook_page_file kdbook_screen_css;
extern const kdbook_page_file kdbook_frame_css;
extern const kdbook_page_file kdbook_front_css;
extern const kdbook_page_file kdbook_print_css;
extern const kdbook_page_file kdbook_search_js;
extern const kdbook_page_file kdbook_values_js;
extern const kdbook_page_file kdbook_figures_js;
extern const kdbook_page_file kdbook_page_js;
extern const kdbook_page_file kdbook_tables_js;

// Of pages that `kdbook watch` serves.
extern const kdbook_page_file kdbook_live_css;
extern const kdbook_page_file kdbook_alignment_js;
extern const kdbook_page_file kdbook_patch_js;
extern const kdbook_page_file kdbook_report_js;
extern const kdbook_page_file kdbook_bar_js;
extern const kdbook_page_file kdbook_connection_js;

#endif
