"""Looks through a book that `kdbook export --pdf` has printed.

usage: python look.py BOOK.pdf
"""

import re
import sys

from pypdf import PdfReader

reader = PdfReader(sys.argv[1])
root = reader.trailer["/Root"]
wrong = []


def expect(condition, words):
    if not condition:
        wrong.append(words)


expect(root.get("/MarkInfo", {}).get("/Marked"), "the file is not tagged")
expect("/StructTreeRoot" in root, "the file has no structure")
expect("/Lang" in root, "the file has no language")

# Bookmarks: each leads to a page that has its words.
texts = [page.extract_text() for page in reader.pages]
words = [re.sub(r"\W+", "", text) for text in texts]
bookmarks = []


def visit(items, depth):
    for item in items:
        if isinstance(item, list):
            visit(item, depth + 1)
        else:
            bookmarks.append((depth, item.title, reader.get_destination_page_number(item)))


visit(reader.outline, 0)
chapters = [title for depth, title, _ in bookmarks if depth == 0]
expect(len(bookmarks) > len(chapters) > 1, f"{len(bookmarks)} bookmarks, {len(chapters)} of them outermost")
for _, title, page in bookmarks:
    expect(re.sub(r"\W+", "", title)[:20] in words[page], f"page {page + 1} has no words of the bookmark {title!r}")

# Links within the book: a number right behind one is that of the page that it leads to.
places = reader.named_destinations
numbers = {name: reader.get_destination_page_number(place) + 1 for name, place in places.items()}
links = 0
for index, page in enumerate(reader.pages):
    for annotation in page.get("/Annots", []):
        annotation = annotation.get_object()
        if annotation.get("/Subtype") != "/Link":
            continue
        target = annotation.get("/Dest") or annotation.get("/A", {}).get("/D")
        address = annotation.get("/A", {}).get("/URI")
        if address is not None:
            expect(re.match(r"(https?|mailto):", address), f"page {index + 1} leads to {address}")
        elif target is not None:
            links += 1
            expect(str(target) in numbers, f"page {index + 1} leads to {target}, which is nowhere")
expect(links > 0, "there are no links within the book")

# Contents: every line ends with the number of the page where its words stand as a bookmark's.
start = next(page for _, title, page in bookmarks if title in ("Contents", "目录"))
end = min(page for _, title, page in bookmarks if page > start)
listed = re.findall(r"^\s*(.+?)\s+(\d+)\s*$", "\n".join(texts[start:end]), re.M)
known = {}
for _, title, page in bookmarks:
    known.setdefault(re.sub(r"\W+", "", title), set()).add(page + 1)
found = 0
for title, number in listed:
    pages = known.get(re.sub(r"\W+", "", title))
    if pages:
        found += 1
        expect(int(number) in pages, f"contents have {title!r} on page {number}, it is on {sorted(pages)}")
expect(found > len(chapters), f"{found} lines of the contents were understood")

# References: `Figure 3 (p. 12)`. The page that is told has that figure.
told = 0
for index, text in enumerate(texts):
    for kind, number, page in re.findall(r"(Figure|Table)\s(\d+)(?:\s+in\s[^()]{1,200}?)?\s+\(p\.\s*(\d+)\s*\)", text):
        told += 1
        expect(f"{kind} {number}." in re.sub(r"\s+", " ", texts[int(page) - 1]), f"page {index + 1} has {kind} {number} on page {page}")
        expect(int(page) in numbers.values(), f"page {page} has no place that is led to")

# Charts are drawn: pictures in pixels are those that the author brought.
pixels = sum(len(page.images) for page in reader.pages)
expect(pixels == 0 or "--pictures" in sys.argv, f"{pixels} pictures are painted in pixels")

# Of a wide table, for which a page is turned, nothing lies beside the page.
turned = 0
for index, page in enumerate(reader.pages):
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    if width <= height:
        continue
    turned += 1

    def visitor(text, matrix, place, font, size):
        x, y = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4], place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        if text.strip():
            expect(-1 <= x <= width + 1 and -1 <= y <= height + 1, f"page {index + 1} has {text.strip()[:30]!r} at {x:.0f}, {y:.0f}")

    page.extract_text(visitor_text=visitor)

for line in wrong[:40]:
    print(f"error: {line}", file=sys.stderr)
print(
    f"{len(reader.pages)} pages, {turned} of them turned, {len(bookmarks)} bookmarks, {links} links, {found} lines of contents, "
    f"{told} references with their pages"
)
sys.exit(bool(wrong))
