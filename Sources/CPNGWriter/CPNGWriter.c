#include "CPNGWriter.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct output {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
    char *message;
    size_t message_size;
};

/* For errors, and for warnings too: what libpng warns of when writing it then leaves out. */
static void fail(png_structp png, png_const_charp message) {
    struct output *output = png_get_error_ptr(png);
    snprintf(output->message, output->message_size, "%s", message);
    png_longjmp(png, 1);
}

static void append(png_structp png, png_bytep data, size_t length) {
    struct output *output = png_get_io_ptr(png);
    if (output->count + length > output->capacity) {
        size_t capacity = (output->count + length) * 2;
        uint8_t *bytes = realloc(output->bytes, capacity);
        if (!bytes) png_error(png, "out of memory");
        output->bytes = bytes;
        output->capacity = capacity;
    }
    memcpy(output->bytes + output->count, data, length);
    output->count += length;
}

static void flush(png_structp png) { (void)png; }

static int is_ascii(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text > 126 || ((unsigned char)*text < 32 && *text != '\n')) return 0;
    return 1;
}

static void set_texts(png_structp png, png_infop info, const struct png_writer_image *image) {
    for (size_t i = 0; i < image->text_count; i++) {
        png_text text = {0};
        text.compression = is_ascii(image->texts[i].value) ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE;
        text.key = (png_charp)image->texts[i].key;
        text.text = (png_charp)image->texts[i].value;
        png_set_text(png, info, &text, 1);
    }
}

static void write_image(png_structp png, png_infop info, const struct png_writer_image *image) {
    int indexed = image->palette_count > 0;
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(png, info, image->width, image->height, 8, indexed ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB_gAMA_and_cHRM(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
    png_set_pHYs(png, info, image->pixels_per_metre, image->pixels_per_metre, PNG_RESOLUTION_METER);
    if (indexed) png_set_PLTE(png, info, (png_const_colorp)image->palette, image->palette_count);
    set_texts(png, info, image);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
    png_set_compression_level(png, 6);
    png_write_info(png, info);
    size_t stride = (size_t)image->width * (indexed ? 1 : 3);
    for (uint32_t row = 0; row < image->height; row++) png_write_row(png, image->rows + row * stride);
    png_write_end(png, info);
}

int png_writer_write(const struct png_writer_image *image, uint8_t **bytes, size_t *count, char *message,
                     size_t message_size) {
    struct output output = {.message = message, .message_size = message_size};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &output, fail, fail);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    if (!info) {
        snprintf(message, message_size, "libpng could not start");
        png_destroy_write_struct(&png, NULL);
        return 1;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(output.bytes);
        return 1;
    }
    png_set_write_fn(png, &output, append, flush);
    write_image(png, info, image);
    png_destroy_write_struct(&png, &info);
    *bytes = output.bytes;
    *count = output.count;
    return 0;
}
