#!/bin/sh
# soxr takes and gives 64-bit samples, and at its default quality computes them with 32 bits.
#
# Guess: resample() of a float64 array, which returns a float64 array, keeps about as many digits as the array has, or as the quality
# asks for.
#
# Seen with soxr 1.1.0 (numpy 2.4.6): at every quality but 'VHQ' the samples are rounded to 32 bits before, and every sample that comes out
# is a 32-bit number in a 64-bit array: the result is, bit for bit, that of the float32 array. Counts beyond 2^24 lose their last digit
# even where the rate stays. So a pipeline that is kept in float64 to compare its features to 1e-9 differs from there on at 1e-7.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet soxr==1.1.0 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy
import soxr

samples = numpy.random.default_rng(0).standard_normal(44100)
holds = {}
for quality in ("QQ", "LQ", "MQ", "HQ", "VHQ"):
    long = soxr.resample(samples, 44100, 16000, quality=quality)
    short = soxr.resample(samples.astype(numpy.float32), 44100, 16000, quality=quality)
    holds[quality] = bool(numpy.array_equal(long, short))
    print(f"{quality}: {long.dtype}, equal to the result of 32-bit samples: {holds[quality]}")
counts = 2.0**24 + numpy.arange(1000)
lost = int((soxr.resample(counts, 16000, 16000) != counts).sum())
print(f"at the same rate, {lost} of {counts.size} counts beyond 2^24 come out changed")
seen = holds == {"QQ": True, "LQ": True, "MQ": True, "HQ": True, "VHQ": False} and lost > 0
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
