"""Checks the structure of every page in a folder. See script/check-pages."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib

# Two words of English beside each other, in what a page in Chinese tells by ear.
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]


class Page:
    def __init__(self, path):
        self.path = path
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.tree = parser.parse(path.read_text(encoding="utf-8"))
        self.parse_errors = [f"line {place[0]}: {code}" for place, code, _ in parser.errors]
        self.elements = [element for element in self.tree.iter() if isinstance(element.tag, str)]
        self.ids = [element.get("id") for element in self.elements if element.get("id")]

    @property
    def is_chinese(self):
        main = self.tree.find(".//main")
        return self.tree.get("lang", "").startswith("zh") and not (main is not None and main.get("lang"))

    def problems(self, pages):
        yield from self.parse_errors
        for name in sorted({name for name in self.ids if self.ids.count(name) > 1}):
            yield f"the id {name} stands twice"
        yield from self.heading_problems()
        for element in self.elements:
            # Where the published page and its feed will stand.
            if element.tag == "link" and element.get("rel") in ["canonical", "alternate"] and urlsplit(element.get("href")).scheme:
                continue
            if element.tag == "img" and not element.get("alt"):
                yield f"a picture has no text: {element.get('src')}"
            for attribute in ["alt", "aria-label"]:
                if self.is_chinese and ENGLISH.search(element.get(attribute) or ""):
                    yield f"English is told by ear: {element.get(attribute)[:120]}"
            if element.tag.endswith("}svg") or element.tag == "svg":
                if not (element.get("aria-label") or element.get("aria-labelledby") or element.get("aria-hidden")):
                    yield "a drawing has no text"
            for attribute in ["href", "src", "srcset"]:
                if element.get(attribute) is not None:
                    yield from self.address_problems(element.tag, element.get(attribute), pages)
        if not self.tree.get("lang"):
            yield "the page does not say its language"

    def heading_problems(self):
        levels = [HEADINGS.index(element.tag) + 1 for element in self.elements if element.tag in HEADINGS]
        if levels.count(1) != 1 or levels[0] != 1:
            yield f"a page begins with its only h1; the levels are {levels}"
        for above, level in zip(levels, levels[1:]):
            if level > above + 1:
                yield f"h{level} follows h{above}"

    def address_problems(self, tag, address, pages):
        parts = urlsplit(address)
        if address.startswith("data:"):
            return
        if parts.scheme or parts.netloc:
            if tag != "a":
                yield f"{tag} loads {address}"
            return
        target = (self.path.parent / unquote(parts.path)).resolve() if parts.path else self.path
        if not target.is_file():
            yield f"{address} leads nowhere"
        elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].ids:
            yield f"{address}: there is no such anchor"


def main(folder):
    paths = sorted(Path(folder).resolve().rglob("*.html"))
    pages = {path: Page(path) for path in paths}
    found = [f"{path.relative_to(Path(folder).resolve())}: {problem}"
             for path, page in pages.items() for problem in page.problems(pages)]
    print("\n".join(found + [f"structure: {len(pages)} pages, {len(found)} problems"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
