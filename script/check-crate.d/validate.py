"""Validates the crate in FOLDER/crate with rocrate-validator, which is given the contexts that it would fetch."""

import glob
import io
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import requests
import requests_cache
from rocrate.rocrate import ROCrate
from urllib3 import HTTPResponse

CONTEXT = "https://w3id.org/ro/crate/{}/context"
# From the versions of the crate to those that the validator has rules for.
OLDER = {
    "https://w3id.org/ro/crate/1.3": "https://w3id.org/ro/crate/1.1",
    "https://w3id.org/ro/wfrun/process/0.6": "https://w3id.org/ro/wfrun/process/0.5",
    "https://w3id.org/ro/wfrun/workflow/0.6": "https://w3id.org/ro/wfrun/workflow/0.5",
    "https://w3id.org/workflowhub/workflow-ro-crate/1.1": "https://w3id.org/workflowhub/workflow-ro-crate/1.0",
}


def contexts(venv):
    import rocrate

    newest = Path(rocrate.__file__).parent / "data/ro-crate.jsonld"
    (older,) = glob.glob(f"{venv}/older/*.whl")
    found = [newest.read_bytes(), zipfile.ZipFile(older).read("rocrate/data/ro-crate.jsonld")]
    for version, text in zip(("1.3", "1.1"), found):
        if json.loads(text)["@id"] != CONTEXT.format(version):
            sys.exit(f"check-crate: the context at hand is not that of RO-Crate {version}")
        yield CONTEXT.format(version), text


def fill(cache, venv):
    """Puts the contexts where the validator keeps what it has fetched."""
    session = requests_cache.CachedSession(cache_name=str(cache), backend="sqlite", expire_after=-1)
    for address, text in contexts(venv):
        headers = {"Content-Type": "application/ld+json"}
        response = requests.Response()
        response.status_code, response.url, response._content = 200, address, text
        response.headers.update(headers)
        response.request = requests.Request("GET", address).prepare()
        response.raw = HTTPResponse(body=io.BytesIO(text), headers=headers, status=200, preload_content=False)
        session.cache.save_response(response)
    session.close()


def issues(venv, cache, crate, profile, severity):
    report = cache.parent / "report.json"
    command = [f"{venv}/bin/rocrate-validator", "-y", "validate", "--offline", "--cache-path", cache, "-p", profile,
               "-l", severity, "-v", "--no-paging", "-f", "json", "-o", report, crate]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if not report.exists():
        sys.exit(f"check-crate: the validator did not report: {done.stdout}{done.stderr}")
    found = json.loads(report.read_text())["issues"]
    report.unlink()
    return [(issue["severity"], issue["message"], issue.get("violatingEntity") or "") for issue in found]


def without_digests(entity):
    # RO-Crate 1.1 has no word for them.
    return {name: value for name, value in entity.items() if name != "sha256"}


def older_copy(crate, place):
    shutil.copytree(crate, place)
    metadata = place / "ro-crate-metadata.json"
    text = metadata.read_text()
    for new, old in OLDER.items():
        text = text.replace(new, old)
    graph = json.loads(text)
    graph["@graph"] = [without_digests(entity) for entity in graph["@graph"]]
    metadata.write_text(json.dumps(graph))
    return place


def main(venv, folder):
    crate, cache = folder / "crate", folder / "cache"
    read = ROCrate(crate)
    print(f"ro-crate-py: {read.name}, {len(read.get_entities())} entities, about {read.mainEntity.id}")
    fill(cache, venv)
    older = older_copy(crate, folder / "older")
    failed = False
    for place, profile in [(crate, "ro-crate-1.3"), (older, "process-run-crate-0.5"), (older, "workflow-run-crate-0.5")]:
        required = issues(venv, cache, place, profile, "REQUIRED")
        advised = {(message, entity) for severity, message, entity in issues(venv, cache, place, profile, "RECOMMENDED")
                   if severity == "RECOMMENDED"}
        failed = failed or bool(required)
        print(f"rocrate-validator, {profile}: {len(required)} of what is required is missing, "
              f"{len({message for message, _ in advised})} recommendations are not followed")
        for _, message, entity in required:
            print(f"  required: {message} {entity}")
        for message in sorted({message for message, _ in advised}):
            print(f"  recommended: {message}")
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
