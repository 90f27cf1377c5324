#include "CPNGReader.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_CHUNKS = 64, LARGEST_CHUNK = 1 << 20 };

struct reader {
    png_structp png;
    png_infop info;
    const uint8_t *bytes;
    size_t left;
    struct png_reader_image *image;
};

static void fail(png_structp png, png_const_charp message) {
    (void)message;
    png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message) {
    (void)png;
    (void)message;
}

static void take(png_structp png, png_bytep to, size_t length) {
    struct reader *reader = png_get_io_ptr(png);
    if (length > reader->left) png_error(png, "the file ends too early");
    memcpy(to, reader->bytes, length);
    reader->bytes += length;
    reader->left -= length;
}

static void read_texts(struct reader *reader) {
    png_textp texts;
    int count = 0;
    png_get_text(reader->png, reader->info, &texts, &count);
    reader->image->texts = calloc((size_t)count + 1, sizeof *reader->image->texts);
    if (!reader->image->texts) png_error(reader->png, "out of memory");
    for (int i = 0; i < count; i++)
        reader->image->texts[i] = (struct png_reader_text){.key = texts[i].key, .value = texts[i].text ? texts[i].text : ""};
    reader->image->text_count = (size_t)count;
}

static void read_rows(struct reader *reader) {
    png_structp png = reader->png;
    struct png_reader_image *image = reader->image;
    size_t stride = (size_t)image->width * 3;
    if (png_get_rowbytes(png, reader->info) != stride) png_error(png, "other samples");
    image->pixels = malloc(stride * image->height);
    if (!image->pixels) png_error(png, "out of memory");
    for (uint32_t row = 0; row < image->height; row++) png_read_row(png, image->pixels + row * stride, NULL);
    png_read_end(png, reader->info);
}

static void read_image(struct reader *reader, uint64_t most_pixels) {
    png_structp png = reader->png;
    png_infop info = reader->info;
    struct png_reader_image *image = reader->image;
    png_read_info(png, info);
    image->width = png_get_image_width(png, info);
    image->height = png_get_image_height(png, info);
    int type = png_get_color_type(png, info);
    if (png_get_bit_depth(png, info) != 8 || png_get_interlace_type(png, info) != PNG_INTERLACE_NONE
        || (type != PNG_COLOR_TYPE_RGB && type != PNG_COLOR_TYPE_PALETTE) || png_get_valid(png, info, PNG_INFO_tRNS)
        || (uint64_t)image->width * image->height > most_pixels)
        png_error(png, "another kind of picture");
    image->pixels_per_metre = png_get_pixels_per_meter(png, info);
    png_set_palette_to_rgb(png);
    png_read_update_info(png, info);
    read_rows(reader);
    read_texts(reader);
}

int png_reader_read(const uint8_t *bytes, size_t count, uint64_t most_pixels, struct png_reader_image *image) {
    *image = (struct png_reader_image){0};
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader) return 1;
    *reader = (struct reader){.bytes = bytes, .left = count, .image = image};
    image->reader = reader;
    reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, fail, ignore);
    reader->info = reader->png ? png_create_info_struct(reader->png) : NULL;
    if (!reader->info || setjmp(png_jmpbuf(reader->png))) {
        png_reader_free(image);
        return 1;
    }
    png_set_chunk_cache_max(reader->png, MOST_CHUNKS);
    png_set_chunk_malloc_max(reader->png, LARGEST_CHUNK);
    png_set_user_limits(reader->png, 1 << 16, 1 << 16);
    png_set_read_fn(reader->png, reader, take);
    read_image(reader, most_pixels);
    if (reader->left == 0) return 0;
    png_reader_free(image);
    return 1;
}

void png_reader_free(struct png_reader_image *image) {
    struct reader *reader = image->reader;
    if (reader) png_destroy_read_struct(&reader->png, &reader->info, NULL);
    free(reader);
    free(image->pixels);
    free(image->texts);
    *image = (struct png_reader_image){0};
}
