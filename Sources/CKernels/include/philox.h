#ifndef KDBOOK_PHILOX_H
#define KDBOOK_PHILOX_H

#include <stdint.h>

/// Philox4x32-10: a keyed bijection of 128-bit counters whose outputs pass the known batteries of tests.
///
/// `words` holds the counter on entry, least significant word first, and the four random words on return.
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
static inline void kd_philox4x32_10(uint32_t words[4], uint32_t key0, uint32_t key1) {
    uint32_t c0 = words[0], c1 = words[1], c2 = words[2], c3 = words[3];
    for (int round = 0; round < 10; round++) {
        uint64_t product0 = (uint64_t)0xD2511F53u * c0;
        uint64_t product1 = (uint64_t)0xCD9E8D57u * c2;
        c0 = (uint32_t)(product1 >> 32) ^ c1 ^ key0;
        c1 = (uint32_t)product1;
        c2 = (uint32_t)(product0 >> 32) ^ c3 ^ key1;
        c3 = (uint32_t)product0;
        key0 += 0x9E3779B9u;
        key1 += 0xBB67AE85u;
    }
    words[0] = c0;
    words[1] = c1;
    words[2] = c2;
    words[3] = c3;
}

#endif
