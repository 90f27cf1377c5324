// What convolutions do besides products: patches, their sums, and the largest of squares.

VECTOR long rows_of_places(const kd_convolution *s) { return (s->height + 2 * s->padding - s->kernel) / s->stride + 1; }
VECTOR long columns_of_places(const kd_convolution *s) {
    return (s->width + 2 * s->padding - s->kernel) / s->stride + 1;
}

VECTOR void copy_numbers(float *out, const float *in, long count) {
    long i = 0;
    for (; i + 16 <= count; i += 16) v16_store(out + i, v16_load(in + i));
    if (i < count) v16_store_part(out + i, v16_load_part(in + i, count - i), count - i);
}

// An image's patches, `row` numbers apart; behind each a 1. `framed` is room for the image within its padding. Both have
// room for 16 numbers more, so that a line of a patch is copied in whole vectors: the next line overwrites what is too much.
static void unfold(const kd_convolution *s, const float *image, float *framed, float *patches) {
    const long line = (s->width + 2 * s->padding) * s->channels, run = s->kernel * s->channels;
    memset(framed, 0, (size_t)((s->height + 2 * s->padding) * line + 16) * sizeof *framed);
    for (long y = 0; y < s->height; y++)
        copy_numbers(
            framed + (y + s->padding) * line + s->padding * s->channels, image + y * s->width * s->channels,
            s->width * s->channels);
    for (long y = 0; y < rows_of_places(s); y++)
        for (long x = 0; x < columns_of_places(s); x++) {
            const float *corner = framed + y * s->stride * line + x * s->stride * s->channels;
            for (long k = 0; k < s->kernel; k++, patches += run)
                for (long i = 0; i < run; i += 16) v16_store(patches + i, v16_load(corner + k * line + i));
            *patches++ = 1;
        }
}

// The other way: what lies in several patches gets the sum. Each patch is followed by a number that is left out.
static void fold(const kd_convolution *s, const float *patches, float *framed, float *image) {
    const long line = (s->width + 2 * s->padding) * s->channels, run = s->kernel * s->channels;
    memset(framed, 0, (size_t)((s->height + 2 * s->padding) * line) * sizeof *framed);
    for (long y = 0; y < rows_of_places(s); y++)
        for (long x = 0; x < columns_of_places(s); x++, patches++) {
            float *corner = framed + y * s->stride * line + x * s->stride * s->channels;
            for (long k = 0; k < s->kernel; k++, patches += run) {
                float *sums = corner + k * line;
                long i = 0;
                for (; i + 16 <= run; i += 16) v16_store(sums + i, v16_add(v16_load(sums + i), v16_load(patches + i)));
                if (i == run) continue;
                const v16 sum = v16_add(v16_load_part(sums + i, run - i), v16_load_part(patches + i, run - i));
                v16_store_part(sums + i, sum, run - i);
            }
        }
    const long size = s->width * s->channels;
    for (long y = 0; y < s->height; y++) {
        const float *from = framed + (y + s->padding) * line + s->padding * s->channels;
        for (long i = 0; i < size; i += 16) {
            const long lanes = size - i < 16 ? size - i : 16;
            v16_store_part(image + y * size + i, v16_canonical(v16_load_part(from + i, lanes)), lanes);
        }
    }
}

// The largest of each square of an image's values, and where it stood.
static void pool(const kd_convolution *s, const float *values, float *output, float *chosen) {
    const long line = columns_of_places(s) * s->filters;
    for (long y = 0; y < rows_of_places(s) / s->pool; y++)
        for (long x = 0; x < columns_of_places(s) / s->pool; x++, output += s->filters) {
            const float *corner = values + y * s->pool * line + x * s->pool * s->filters;
            for (long i = 0; i < s->filters; i += 16) {
                const long lanes = s->filters - i < 16 ? s->filters - i : 16;
                v16 largest = v16_load_part(corner + i, lanes), place = v16_all(0);
                for (long k = 1; k < s->pool * s->pool; k++) {
                    const float *from = corner + k / s->pool * line + k % s->pool * s->filters + i;
                    const v16 value = v16_load_part(from, lanes), here = v16_all((float)k);
                    place = v16_where_nan(value, here, v16_where_less(largest, value, here, place));
                    largest = v16_where_nan(value, value, v16_where_less(largest, value, value, largest));
                }
                v16_store_part(output + i, largest, lanes);
                if (chosen) v16_store_part(chosen + i, place, lanes);
            }
            if (chosen) chosen += s->filters;
        }
}

// The other way: each number goes to where the largest stood, and 0 elsewhere.
static void unpool(const kd_convolution *s, const float *delta, const float *chosen, float *values) {
    const long rows = rows_of_places(s), columns = columns_of_places(s), line = columns * s->filters;
    if (rows % s->pool || columns % s->pool) memset(values, 0, (size_t)(rows * line) * sizeof *values);
    for (long y = 0; y < rows / s->pool; y++)
        for (long x = 0; x < columns / s->pool; x++, delta += s->filters, chosen += s->filters) {
            float *corner = values + y * s->pool * line + x * s->pool * s->filters;
            for (long i = 0; i < s->filters; i += 16) {
                const long lanes = s->filters - i < 16 ? s->filters - i : 16;
                const v16 number = v16_load_part(delta + i, lanes), place = v16_load_part(chosen + i, lanes);
                for (long k = 0; k < s->pool * s->pool; k++) {
                    const v16 up_to = v16_where_less(place, v16_all((float)k + 0.5f), number, v16_all(0));
                    const v16 here = v16_where_less(place, v16_all((float)k - 0.5f), v16_all(0), up_to);
                    v16_store_part(corner + k / s->pool * line + k % s->pool * s->filters + i, here, lanes);
                }
            }
        }
}
