"""Small books on machines, and places where they share their stores."""

import hashlib
import json
import pathlib
import shutil
import subprocess

NOTEBOOK = """# N

```swift
struct Body { var mass = 1.0; func twice() -> Double { mass * 2 } }
let body = Body()
body.twice()
```

```swift
let sums = (1...6).map { Double($0) * body.twice() }
print(sums)
Chart { Line(y: sums) }
```
"""


def digest(content):
    return hashlib.sha256(content).hexdigest()


def sealed(content):
    """A file of the store: the digest of what follows it, a line."""
    return digest(content).encode() + b"\n" + content


def is_sealed(content):
    seal, _, rest = content.partition(b"\n")
    return seal.decode("ascii", "replace") == digest(rest)


class Keys:
    """The keys of a work folder, made when they are first asked for."""

    def __init__(self, work):
        self.work = work

    def key(self, name):
        file = self.work / f"{name}.key"
        if not file.exists():
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file], check=True)
        return file

    def allowed(self, *names):
        file = self.work / ("allowed-" + "-".join(names))
        lines = [f'{name}@example.org namespaces="kdbook-store" {self.key(name).with_suffix(".key.pub").read_text()}'
                 for name in names]
        file.write_text("".join(lines))
        return file


class Place:
    """A folder that stores are shared through."""

    def __init__(self, folder):
        self.folder = folder
        self.address = str(folder)

    def forget(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def names(self, part):
        folder = self.folder / part
        return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []

    def objects(self):
        return self.names("objects")

    def manifests(self):
        return self.names("manifests")

    def index(self):
        file = self.folder / "index"
        return file.read_text().split() if file.exists() else []

    def damage(self):
        """What has its final name and is not whole."""
        found = [f"{part}/{name} is damaged" for part in ["objects", "manifests"] for name in self.names(part)
                 if digest((self.folder / part / name).read_bytes()) != name]
        return found + [f"the index names {name}" for name in self.index() if name not in self.manifests()]


class Machine:
    """A clone of a book, with a store of its own."""

    def __init__(self, tool, work, name, notebooks=None, key="ada"):
        self.tool, self.name, self.keys = tool, name, Keys(work)
        self.folder = work / name / "book"
        self.notebooks = notebooks or {"n": NOTEBOOK}
        self.key = self.keys.key(key)
        self.allowed = self.keys.allowed("ada")
        for notebook, text in self.notebooks.items():
            file = self.folder / "Notebooks" / f"{notebook}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    @property
    def store(self):
        return self.folder / ".kdbook"

    def run(self, *arguments):
        return subprocess.run(
            [self.tool, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            timeout=300)

    def render(self):
        return self.run("render").stdout

    def push_command(self, place):
        return [self.tool, "store", "push", place.address, "--key", self.key]

    def pull_command(self, place):
        return [self.tool, "store", "pull", place.address, "--allowed-signers", self.allowed]

    def push(self, place):
        return self.run(*self.push_command(place)[1:])

    def pull(self, place):
        return self.run(*self.pull_command(place)[1:])

    def forget(self):
        shutil.rmtree(self.store, ignore_errors=True)
        self.remove_pages()

    def remove_pages(self):
        shutil.rmtree(self.folder / "Output", ignore_errors=True)

    def records(self):
        return {file.relative_to(self.folder): file.read_bytes() for file in self.folder.glob("Output/**/record.json")}

    def files(self, pattern):
        return sorted(self.store.glob(pattern))

    def damage(self):
        """What has its final name in the store and is not whole."""
        found = [f"{file} is damaged" for part in ["twins", "plans", "records"] for file in self.files(f"{part}/*")
                 if not file.name.startswith(".") and not is_sealed(file.read_bytes())]
        found += [f"{file} is damaged" for file in self.files("figures/*.png")
                  if digest(file.read_bytes()) != file.stem]
        for folder in self.files("cells/*"):
            if folder.name.endswith("~"):
                continue
            note = folder / "unit.json"
            if not note.exists() or not is_sealed(note.read_bytes()):
                found.append(f"{note} is damaged")
                continue
            files = json.loads(note.read_bytes().partition(b"\n")[2])["files"]
            found += [f"{folder / name} is damaged" for name, stated in files.items()
                      if digest((folder / name).read_bytes()) != stated]
        return found
