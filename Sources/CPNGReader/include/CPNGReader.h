#ifndef CPNGREADER_H
#define CPNGREADER_H

#include <stddef.h>
#include <stdint.h>

/* A text chunk's key and value, in UTF-8. */
struct png_reader_text {
    const char *key;
    const char *value;
};

/* What a PNG file of 8-bit samples shows: red-green-blue triples, row by row from the top. */
struct png_reader_image {
    uint32_t width;
    uint32_t height;
    uint32_t pixels_per_metre;
    uint8_t *pixels; /* width * height triples */
    struct png_reader_text *texts;
    size_t text_count;
    void *reader; /* what owns the texts */
};

/* Reads `count` bytes that may be anything, but for pictures with transparency, of other samples, interlaced, or of more
   than `most_pixels` pixels. Returns 0 and the image, to be freed by png_reader_free; or 1. Never aborts. */
int png_reader_read(const uint8_t *bytes, size_t count, uint64_t most_pixels, struct png_reader_image *image);

void png_reader_free(struct png_reader_image *image);

#endif
