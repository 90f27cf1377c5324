#ifndef KDBOOK_PIXELS_H
#define KDBOOK_PIXELS_H

#include <stdint.h>

/// A matrix given by bytes: row r is the `width` pixels of image order[r], and a pixel p stands for p · fl(1/255),
/// rounded once.
typedef struct {
    const uint8_t *base;
    const int32_t *order;
    long rows, width;
    /// How many more numbers there are in `order` after the rows: images that will be wanted next.
    long following;
} kd_pixels;

#endif
