#ifndef CPNGWRITER_H
#define CPNGWRITER_H

#include <stddef.h>
#include <stdint.h>

/* A key and its value in UTF-8, for a text chunk. */
struct png_writer_text {
    const char *key;
    const char *value;
};

/* A picture of 8-bit samples: indices into a palette if palette_count > 0, red-green-blue triples otherwise. */
struct png_writer_image {
    uint32_t width;
    uint32_t height;
    const uint8_t *rows;
    const uint8_t *palette; /* palette_count triples */
    int palette_count;
    uint32_t pixels_per_metre;
    const struct png_writer_text *texts;
    size_t text_count;
};

/* Writes `image` as a PNG with sRGB, gAMA, cHRM, pHYs and iTXt or tEXt chunks, and no time.
   Returns 0 and the bytes in *bytes (to be freed by the caller with free) and *count;
   or 1 and libpng's message, cut to message_size, in message. Never aborts. */
int png_writer_write(const struct png_writer_image *image, uint8_t **bytes, size_t *count, char *message,
                     size_t message_size);

#endif
