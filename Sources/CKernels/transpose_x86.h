// Sixteen rows of sixteen bytes become columns: four rounds of interleaving row i with row i + 8.
#define V16_HAS_BYTE_TRANSPOSE
VECTOR void transpose_bytes(uint8_t block[16][16]) {
    __m128i rows[16], mixed[16];
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) rows[i] = _mm_loadu_si128((const __m128i *)block[i]);
#pragma GCC unroll 4
    for (int round = 0; round < 4; round++) {
#pragma GCC unroll 16
        for (int i = 0; i < 8; i++) {
            mixed[2 * i] = _mm_unpacklo_epi8(rows[i], rows[i + 8]);
            mixed[2 * i + 1] = _mm_unpackhi_epi8(rows[i], rows[i + 8]);
        }
#pragma GCC unroll 16
        for (int i = 0; i < 16; i++) rows[i] = mixed[i];
    }
#pragma GCC unroll 16
    for (int i = 0; i < 16; i++) _mm_storeu_si128((__m128i *)block[i], rows[i]);
}
