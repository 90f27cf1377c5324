// Dropout: Philox for eight blocks of four elements side by side.

typedef uint64_t philox_lanes __attribute__((vector_size(64)));
typedef uint32_t four_words __attribute__((vector_size(16)));
typedef float four_numbers __attribute__((vector_size(16)));

// The words of eight blocks of the stream: word 0 of a block in the low half of words[0], word 1 in the high half, then
// words 2 and 3 in words[1].
VECTOR void philox_eight(philox_lanes words[2], const int32_t blocks[8], uint64_t key, const uint32_t counter[3]) {
    const philox_lanes low = {~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u};
    philox_lanes c0, c1 = (low & counter[0]), c2 = (low & counter[1]), c3 = (low & counter[2]);
    for (int i = 0; i < 8; i++) c0[i] = (uint32_t)blocks[i];
    uint32_t key0 = (uint32_t)key, key1 = (uint32_t)(key >> 32);
    // Only the low half of a lane counts; what the upper half holds is dropped before the next product.
    for (int round = 0; round < 10; round++) {
        const philox_lanes product0 = (c0 & low) * 0xD2511F53u, product1 = (c2 & low) * 0xCD9E8D57u;
        c0 = (product1 >> 32) ^ c1 ^ key0;
        c1 = product1;
        c2 = (product0 >> 32) ^ c3 ^ key1;
        c3 = product0;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    words[0] = (c0 & low) | (c1 << 32);
    words[1] = (c2 & low) | (c3 << 32);
}

// Blocks first ..< end of x, four elements each. Nothing is drawn for a block of which every element is +0: it is so
// whether it is kept or not.
static void drop(float *x, long first, long end, uint32_t threshold, float scale, uint64_t key, const uint32_t counter[3]) {
    int32_t blocks[8];
    int waiting = 0;
    for (long block = first; block < end; block++) {
        uint64_t bits[2];
        memcpy(bits, x + 4 * block, sizeof bits);
        blocks[waiting] = (int32_t)block;
        waiting += (bits[0] | bits[1]) != 0;
        if (waiting < 8 && (block < end - 1 || waiting == 0)) continue;
        for (int i = waiting; i < 8; i++) blocks[i] = blocks[0];
        philox_lanes words[2];
        philox_eight(words, blocks, key, counter);
        // A choice of bits rather than a branch, which could not be foreseen.
        for (int i = 0; i < waiting; i++) {
            const uint64_t pairs[2] = {words[0][i], words[1][i]};
            float *place = x + 4 * (long)blocks[i];
            four_words drawn;
            four_numbers numbers;
            memcpy(&drawn, pairs, sizeof drawn);
            memcpy(&numbers, place, sizeof numbers);
            numbers *= scale;
            const four_words kept = (four_words)numbers & (four_words)(drawn >= threshold);
            memcpy(place, &kept, sizeof kept);
        }
        waiting = 0;
    }
}
