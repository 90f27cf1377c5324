"""Reads a CSV file with polars or with pandas' reader in Python, and prints the seconds of the processor, the rows and a sum.

usage: frames-peers.py polars|pandas FILE
"""
import sys
import time

name, path = sys.argv[1:]
if name == "polars":
    import polars

    start = time.process_time()
    frame = polars.read_csv(path, try_parse_dates=True, infer_schema_length=1000)
    seconds = time.process_time() - start
    print(name, seconds, frame.height, frame["z"].sum(), sep="\t")
else:
    import pandas

    # A tenth of the lines, and ten times the seconds: the reader in Python takes minutes for all of them.
    with open(path, encoding="utf-8") as file:
        count = sum(1 for _ in file)
    start = time.process_time()
    frame = pandas.read_csv(path, engine="python", nrows=count // 10)
    seconds = (time.process_time() - start) * 10
    print(name, seconds, len(frame), frame["z"].sum(), sep="\t")
