#!/bin/sh
# speechpy lets the end of a recording into its beginning, and leaves out its last whole frame.
#
# Guess: preemphasis(x, shift=1, cof=c) is x[t] - c x[t-1], with nothing before the first sample; stack_frames() without padding gives all
# frames that lie wholly within the recording, 1 + (n - length) / step of them.
#
# Seen with speechpy 2.4 (numpy 2.4.6): the first sample is less c times the *last* one, because the samples are rotated; so the first frame
# of a word depends on how the recording ends. And of frames that fit exactly the last is missing: 98 of 99 frames of 20 ms in a second;
# padding with zeros does not bring it back, since nothing has to be padded. It prints a line of numbers of its own then.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet speechpy==2.4 numpy==2.4.6 scipy==1.17.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import numpy
from speechpy import processing

rate = 16000
samples = numpy.random.default_rng(0).standard_normal(rate)
emphasised = processing.preemphasis(samples, shift=1, cof=0.97)
from_end = emphasised[0] - (samples[0] - 0.97 * samples[-1])
print(f"first sample less what the last one makes of it: {from_end:.1e}; less the first alone: {emphasised[0] - samples[0]:.3f}")
counts = {}
for padded in (False, True):
    frames = processing.stack_frames(
        samples, rate, frame_length=0.02, frame_stride=0.01, zero_padding=padded)
    counts[padded] = frames.shape[0]
whole = 1 + (rate - 320) // 160
print(f"frames that fit: {whole}; without padding {counts[False]}, with padding {counts[True]}")
seen = abs(from_end) < 1e-12 and abs(emphasised[0] - samples[0]) > 0.1 and counts == {False: whole - 1, True: whole - 1}
print("seen again" if seen else "this has changed")
sys.exit(not seen)
PYTHON
