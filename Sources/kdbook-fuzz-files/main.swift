// A program for libFuzzer: arbitrary bytes go through everything that reads files of data and of networks. `script/fuzz` builds and
// runs it; it is no part of an ordinary build.
import FuzzDriver

fuzz { bytes, length in
    readFile(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
}
