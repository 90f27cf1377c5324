// A program for libFuzzer: arbitrary bytes go through everything that reads a crate. `script/fuzz` builds and runs it; it is no part
// of an ordinary build.
import FuzzDriver

fuzz { bytes, length in
    readCrate(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
}
