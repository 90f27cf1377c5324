#!/bin/sh
# rocrate-validator takes the time of a run for ISO 8601 only where its zone is not west of Greenwich and is not written Z.
#
# Guess: Process Run Crate asks for an `endTime` in ISO 8601, so that 2026-11-28T10:00:00+01:00, the same moment as 09:00:00Z, and as
# 04:00:00-05:00, are all taken or all refused.
#
# Seen with roc-validator 0.13.0: the pattern of process-run-crate 0.5 has `\+` before the offset, so that of three ways to write one
# moment only the first passes. `2026-11-28T09:00:00-00:00` and fractions of other than three digits fail, too; the day alone passes,
# and so does `2026-99-99`. A workflow engine in America that stamps its runs by local time writes crates that are told to mend a time
# that is right.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet roc-validator==0.13.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version
from pathlib import Path

import pyshacl
import rdflib
import rocrate_validator

shapes = Path(rocrate_validator.__file__).parent / "profiles/process-run-crate/should/1_create_action.ttl"
schema = rdflib.Namespace("http://schema.org/")
graph = rdflib.Graph().parse(shapes)
shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
(pattern,) = {graph.value(node, shacl.pattern) for node in graph.subjects(shacl.path, schema.endTime)}
shape = f"""
    @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
    [] a sh:NodeShape ; sh:targetClass schema:CreateAction ;
       sh:property [ sh:path schema:endTime ; sh:pattern {pattern.n3()} ] .
"""
print("roc-validator", version("roc-validator"))
expected = {
    "2026-11-28T10:00:00+01:00": True, "2026-11-28T09:00:00Z": False, "2026-11-28T04:00:00-05:00": False,
    "2026-11-28T10:00:00.25+01:00": False, "2026-11-28": True, "2026-99-99": True,
}
seen = {}
for time in expected:
    crate = rdflib.Graph()
    crate.add((rdflib.URIRef("urn:run"), rdflib.RDF.type, schema.CreateAction))
    crate.add((rdflib.URIRef("urn:run"), schema.endTime, rdflib.Literal(time)))
    seen[time] = pyshacl.validate(crate, shacl_graph=rdflib.Graph().parse(data=shape))[0]
    print(f"{time:31} {'passes' if seen[time] else 'is no ISO 8601'}")
print("seen again" if seen == expected else "this has changed")
sys.exit(seen != expected)
PYTHON
