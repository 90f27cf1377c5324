"""Brings a page in line with random pages, and looks whether the laws of Sources/PageFiles/live/patch.js hold. See
script/prove-patch."""

import json
import random
import re
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME / "script/lib"))
from chromium import Browser  # noqa: E402

LAWS = r"""
    // A page as it reads: without the order of attributes, white space between blocks, and what its reader opened.
    const reading = node => node.nodeType === 3
      ? node.parentNode.matches('main, section, figure, picture, ul') ? node.data.trim() : node.data : node.nodeType !== 1 ? node.data
      : '<' + node.nodeName + [...node.attributes].filter(({ name }) => name !== 'open')
        .map(({ name, value }) => ' ' + name + '=' + value).sort().join('') + '>'
        + [...node.childNodes].map(reading).join('') + '</>';
    const main = () => document.querySelector('main');
    const blocks = () => [...main().children];

    // The first law that does not hold, or null.
    const follow = ({ html, scroll, same, grown, open }) => {
      const before = blocks();
      for (const index of open) before[index]?.querySelectorAll('details').forEach(fold => { fold.open = true; });
      const pictures = before.map(block => [...block.querySelectorAll('img')]);
      scrollTo({ top: scroll, behavior: 'instant' });
      const seen = before.map((block, index) => ({ block, index, top: block.getBoundingClientRect().top }))
        .filter(({ block, top, index }) => top >= 0 && top < innerHeight && same.includes(index));
      const first = before.find(block => block.getBoundingClientRect().bottom > 0);
      holdingStill(() => morph(main(), parsed(html).querySelector('main')));

      const [is, wanted] = [reading(main()), reading(parsed(html).querySelector('main'))];
      if (is !== wanted) {
        let at = 0;
        while (is[at] === wanted[at]) at++;
        return 'reads ' + is.slice(at - 40, at + 80) + ' and not ' + wanted.slice(at - 40, at + 80);
      }
      const kept = [...same, ...grown];
      if (kept.some(index => !before[index].isConnected)) return 'a block that did not change is another element';
      if (kept.some(index => open.includes(index) && [...before[index].querySelectorAll('details')].some(fold => !fold.open))) {
        return 'a fold has closed';
      }
      if (kept.some(index => pictures[index].some(picture => !picture.isConnected))) return 'a picture was made anew';
      // Where the page has become too short, or is at its top, it cannot stay where it was.
      const isAtEnd = scrollY === 0 || scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      if (scroll === 0 && scrollY !== 0) return 'the page has left its top';
      if (!isAtEnd && seen.length && seen[0].block === first && Math.abs(first.getBoundingClientRect().top - seen[0].top) > 1) {
        return 'what was seen has moved';
      }
      const observer = new MutationObserver(() => {});
      observer.observe(main(), { attributes: true, childList: true, characterData: true, subtree: true });
      morph(main(), parsed(html).querySelector('main'));
      if (observer.takeRecords().length) return 'the same page changes something';
      return null;
    };
    window.follow = follow;
"""


class Book:
    """Makes blocks as pages have them."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def words(self, most=40):
        return " ".join(self.random.choice(["loss", "the", "student", "temperature", "of", "labels", "a", "&lt;net&gt;"])
                        for _ in range(self.random.randrange(1, most)))

    def figure(self):
        picture = f"figures/{self.random.randrange(1 << 30):016x}.png"
        return (f'<figure id="fig-{self.random.randrange(1000)}"><picture><source srcset="{picture}d"><img src="{picture}" width="10" '
                f'height="{self.random.randrange(20, 300)}"></picture><figcaption>{self.words(9)}</figcaption></figure>')

    def output(self):
        return self.random.choice([
            lambda: f'<pre class="output">{self.words(300)}</pre>', self.figure,
            lambda: f'<div class="diagnostic error"><strong>error</strong> {self.words(9)}</div>',
            lambda: f'<div class="output html"><b>{self.words(2)}</b>{self.random.choice(["", " "])}<i>x</i><ul><li>{self.words()}</li></ul></div>',
            lambda: f'<div class="table"><table><tr><td>{self.words(3)}</td></tr></table></div>'])()

    def cell(self):
        code = f'<pre class="code"><code>let <span class="type">x</span> = {self.random.randrange(9999)}\n\n{self.words()}</code></pre>'
        how = self.random.random()
        if how < 0.2:
            return '<section class="cell" id="cell:0">\n' + self.output() + "\n" + self.output() + "\n</section>\n"
        if how < 0.5:
            code = f'<details class="fold"><summary>Code</summary>{code}</details>'
        parts = [code] + [self.output() for _ in range(self.random.randrange(4))]
        return '<section class="cell" id="cell:0">\n' + "\n".join(parts) + "\n</section>\n"

    def prose(self):
        return self.random.choice([
            lambda: f"<p>{self.words()} <em>{self.words(4)}</em> {self.words()}</p>",
            lambda: f'<h2 id="h-{self.random.randrange(999)}">{self.words(6)}</h2>',
            lambda: f"<ul><li>{self.words()}</li><li><p>{self.words()}</p></li></ul>",
            lambda: f"<blockquote><p>{self.words()}</p></blockquote>"])()

    def block(self):
        return self.cell() if self.random.random() < 0.4 else self.prose()

    def changed(self, block):
        """A block that reads otherwise in one place, if only by a space."""
        spaces = re.findall(r"</b> ?<i>", block)
        place = self.random.choice(spaces if spaces and self.random.random() < 0.5 else re.findall(r">[^<>]*[a-z]", block))
        if place.startswith("</b>"):
            return block.replace(place, "</b><i>" if " " in place else "</b> <i>", 1)
        return block.replace(place, place + " " + self.words(3), 1)

    def edited(self, blocks):
        """Another list of blocks, and which of the present ones are in it as they were, and which with more in them."""
        result = list(enumerate(blocks))
        grown = []
        edits = self.random.choice([1, 1, 1, 2, 4, 12])
        for _ in range(edits):
            # Rather near the top: the page is often looked at there, and what follows moves.
            at = int(len(result) * self.random.random() ** 3)
            index, block = result[at]
            edit = self.random.choice(["insert", "insert", "delete", "change", "change", "grow", "exchange"])
            if edit == "insert":
                result.insert(at, (None, self.block()))
            elif edit == "delete" and len(result) > 5:
                del result[at]
            elif edit == "change":
                # A block that alone has changed, whatever in it, is still the same.
                grown += [index] if edits == 1 else []
                result[at] = (index if edits == 1 else None, self.changed(block))
            elif edit == "grow" and "pre class=\"code\"" in block:
                grown.append(index)
                result[at] = (index, block.replace("\n</section>", "\n" + self.output() + "\n</section>"))
            elif edit == "exchange":
                # Of blocks that pass each other, either may be the one that stays.
                result = [(None, block) for _, block in result]
                other = self.random.randrange(len(result))
                result[at], result[other] = result[other], result[at]
        wanted = [block for _, block in result]
        # Of equal blocks, too.
        kept = [index for index, block in result
                if index is not None and wanted.count(block) == 1 and blocks.count(blocks[index]) == 1]
        return wanted, [index for index in kept if index not in grown], [index for index in kept if index in grown]


def page(blocks):
    """The page, with its cells numbered."""
    numbers = iter(range(1, len(blocks) + 1))
    return "<main>\n" + "".join(re.sub("cell:0", lambda _: f"cell:{next(numbers)}", block) for block in blocks) + "\n</main>"


def main(seed, steps):
    book = Book(seed)
    script = "\n".join((HOME / f"Sources/PageFiles/live/{name}.js").read_text() for name in ("alignment", "patch"))
    browser = Browser()
    try:
        browser.look(1000, "light")
        browser.open("data:text/html,<!DOCTYPE html><style>html { overflow-anchor: none }</style><main></main>")
        browser.evaluate(f"(() => {{ 'use strict'; {script}\n{LAWS} }})()")
        blocks = [book.block() for _ in range(30)]
        browser.evaluate(f"follow({json.dumps(dict(html=page(blocks), scroll=0, same=[], grown=[], open=[]))})")
        for step in range(steps):
            wanted, same, grown = book.edited(blocks)
            opened = [index for index in range(len(blocks)) if book.random.random() < 0.2]
            order = dict(html=page(wanted), scroll=max(0, book.random.randrange(-1500, 4000)), same=same, grown=grown, open=opened)
            broken = browser.evaluate(f"follow({json.dumps(order)})")
            if broken:
                print(f"prove-patch: error: seed {seed}, step {step + 1}: {broken}")
                return 1
            blocks = wanted
        print(f"{steps} random pages followed, {len(blocks)} blocks at the end: all laws hold")
        return 0
    finally:
        browser.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
