#!/bin/sh
# samplerate's converters give results of different lengths for the same samples and ratio.
#
# Guess: the length of resample(x, ratio, converter) depends on len(x) and the ratio alone, as a feature matrix needs it: one second at
# 44.1 kHz becomes 16000 samples at 16 kHz.
#
# Seen with samplerate 0.2.4 (numpy 2.4.6): 'sinc_best' gives 16000 samples, 'sinc_medium' and 'sinc_fastest' 15999; towards 48 kHz
# 'zero_order_hold' gives one more than the others, 48001. Clips that were converted at two qualities cannot be stacked or subtracted.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet samplerate==0.2.4 numpy==2.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy
import samplerate

second = numpy.sin(numpy.arange(44100) * 0.0627).astype(numpy.float32)
converters = ("sinc_best", "sinc_medium", "sinc_fastest", "zero_order_hold", "linear")
lengths = {}
for rate in (16000, 22050, 48000):
    lengths[rate] = [len(samplerate.resample(second, rate / 44100, converter)) for converter in converters]
    print(rate, dict(zip(converters, lengths[rate])))
seen = (
    lengths[16000] == [16000, 15999, 15999, 16000, 16000]
    and lengths[22050] == [22050] * 5
    and lengths[48000] == [48000, 48000, 48000, 48001, 48000]
)
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
