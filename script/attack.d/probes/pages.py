"""What a notebook's own markup, and that of its cells, does to a page and to who reads it."""

import json
import re
import shutil
import sys
from html.parser import HTMLParser

from probe import Untried, expect, probe
from world import HOME, cell

sys.path.append(str(HOME / "script/lib"))

ACTING = """\
<script>document.title = 'run'</script><img src=https://evil.example/x.png alt=a onerror="document.title = 'run'"><svg onload="document.title='run'"></svg>
<a href="javascript:document.title='run'">a</a><a href="data:text/html,x">b</a><form action="https://evil.example"><input name=a autofocus></form>
<iframe src="https://evil.example"></iframe><object data=x></object><embed src=x><video src=x autoplay></video><audio autoplay src=x></audio>
<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example"><link rel=stylesheet href="https://evil.example/x.css">
<style>main { display: none } @import url(https://evil.example/y.css);</style><svg><style>* { display: none }</style><a xlink:href="javascript:1">c</a>
<use href="https://evil.example/z#a"/><image href="https://evil.example/i.png"/><animate attributeName=href to="javascript:1"/><foreignObject><p>p</p></foreignObject></svg>
<math><mtext><a href="javascript:1">d</a><style>x</style></mtext><maction actiontype="statusline">e</maction></math>
<p style="background: url(https://evil.example/p.png)">f</p><p style="background-image: image-set('https://evil.example/s.png' 1x)">g</p>
<img srcset="https://evil.example/r.png" alt=h><img src="/\\evil.example/b.png" alt=i><a ping="https://evil.example/ping" target=_top href="#x">j</a>
<button formaction="https://evil.example">k</button><textarea><template><noscript><title><plaintext>
"""
COVERING = """\
<div style="position: fixed; inset: 0; z-index: 99999; background: white">A</div>
<div style="position: absolute; top: 0; left: 0; width: 9999px; height: 9999px; background: white">B</div>
<div style="height: 0; opacity: .99"><div style="height: 9999px; width: 300vw; background: white">C</div></div>
<p style="box-shadow: 0 0 0 9999px white">D</p><p style="outline: 9999px solid white">E</p><p style="border: 9999px solid white">F</p>
<p style="margin: -9999px; transform: scale(99); font-size: 9999px">G</p><p style="float: left; width: 9999px">H</p>
<svg width="10" height="10" overflow="visible" style="overflow: visible"><rect x="-9999" y="-9999" width="99999" height="99999" fill="white"/></svg>
<svg width="10" height="10" transform="scale(999)"><rect width="10" height="10" fill="white"/></svg>
<math><mspace width="-999em"/><mtext mathsize="999em" mathbackground="white">I</mtext></math>
<div class="diagnostic error" id="cell:1">J</div><details class="provenance" name="x" hidden><summary>How this page was made</summary></details>
"""
HIDING = """\
<div style="display: none"><div style="opacity: 0"><div style="color: white; background: white"><div hidden><div inert>
<p style="font-size: 0">
"""
NOTEBOOK = "\n\n".join([
    "# A page", *ACTING.splitlines(), *COVERING.splitlines(), HIDING.strip(), cell('print("the measured words")'),
    "<svg><desc><title>\n\nWords.\n\n<title>", cell('print("the last words")'),
]) + "\n"


class Tags(HTMLParser):
    """The tags within a page's `main`."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page.split("<main>")[1].rpartition("</main>")[0])

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def shown(markup):
    return cell("struct Own: Displayable { var display: Displayed { .html(#\"\"\"\n" + markup + "\"\"\"#) } }\nOwn()")


def hostile(world):
    if not getattr(world, "hostile", None):
        world.hostile = world.book(a=NOTEBOOK, b=shown(ACTING + COVERING), c="words " + "\n\nwords ".join(
            (ACTING + COVERING).replace("@import", "\\@import").splitlines()) + "\n")
        # A page that only tells of errors would show nothing of the markup.
        world.hostile.render().end(0)
        world.hostile.run("export", "a", "--ipynb").end(0)
    return world.hostile


FORBIDDEN = {"script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea", "video", "audio", "base",
             "meta", "link", "template", "noscript", "plaintext", "title", "use", "image", "animate", "set", "foreignobject",
             "maction", "select", "dialog", "portal", "frame", "frameset", "applet", "marquee", "source", "track"}


# What the page itself puts at code: it is in no form, and a notebook's own buttons are gone with all they say.
COPY = ("button", {"class": "copy tool", "type": "button"})


def expect_harmless(tags, where):
    for tag, attributes in tags:
        if (tag, attributes) == COPY:
            continue
        # A drawing may have a title.
        expect(tag not in FORBIDDEN - {"title"}, f"{where}: <{tag}>")
        for name, value in attributes.items():
            value = (value or "").lower()
            expect(not name.startswith("on") and name not in {"srcset", "ping", "target", "formaction", "action", "hidden",
                                                              "inert", "autofocus", "xlink:href", "name", "overflow"},
                   f"{where}: <{tag} {name}>")
            expect(name not in {"href", "src"} or not re.match(r"\s*(javascript|data:text|vbscript)", value),
                   f"{where}: {name}={value}")
            expect(name != "src" or "evil.example" not in value, f"{where}: {name}={value}")
            expect(name != "style" or not re.search(
                r"url|position|z-index|opacity|shadow|outline|transform|float|inset|none|[-]\d|\d{4}", value),
                f"{where}: {name}={value}")


@probe("no markup of a notebook or a cell runs, loads, submits, or leads to a script")
def acts(world):
    for name in "abc":
        tags = Tags(hostile(world).page(name)).found
        expect(len(tags) > 5, "the page has no tags")
        expect_harmless(tags, f"page {name}")


@probe("an export for Jupyter has the markup that the page has")
def exported(world):
    file = next((hostile(world).root).rglob("*.ipynb"))
    for part in json.loads(file.read_text())["cells"]:
        if part["cell_type"] == "markdown":
            text = "".join(part["source"])
            expect_harmless(Tags("<main>" + text + "</main>").found, f"cell {part['id']}")


@probe("a page tells no other host of its reader: no referrer, no look-up of its links' names")
def tracks(world):
    page = hostile(world).page("a")
    for words in ['name="referrer" content="no-referrer"', 'http-equiv="x-dns-prefetch-control" content="off"',
                  "default-src 'none'", "form-action 'none'", "base-uri 'none'"]:
        expect(words in page, f"the page has no {words}")


# Where an element is that should be seen, and what is seen there: an element within it, or one around it.
SEEN = """
(() => {
  const wanted = [document.querySelector('header'), document.querySelector('footer summary'),
                  ...document.querySelectorAll('section.cell > pre.output')];
  return wanted.map(element => {
    element.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const there = document.elementFromPoint(box.left + Math.min(30, box.width / 2), box.top + box.height / 2);
    const isThere = there && (element.contains(there) || there.contains(element) && !there.closest('svg'));
    return isThere && box.height > 5 && style.color !== style.backgroundColor ? '' :
      (element.className || element.tagName) + ' is behind ' + (there ? there.outerHTML.slice(0, 80) : 'nothing');
  }).filter(Boolean);
})()
"""


@probe("in a browser nothing of it covers the page's head, its foot, or what a cell gave")
def covers(world):
    if not shutil.which("chromium"):
        raise Untried("there is no Chromium")
    from chromium import Browser, logged
    try:
        browser = Browser()
    except (RuntimeError, OSError) as failure:
        raise Untried(f"Chromium does not start: {failure}") from None
    try:
        for name, count in [("a", 2), ("b", 0), ("c", 0)]:
            for width in [360, 1300]:
                browser.look(width, "light")
                browser.open((hostile(world).root / f"Output/default/{name}/index.html").as_uri())
                found = browser.evaluate(SEEN)
                expect(not found, f"page {name}, {width} wide: {'; '.join(found)}")
                outputs = browser.evaluate("[...document.querySelectorAll('section.cell > pre.output')].filter("
                                           "element => element.checkVisibility({checkOpacity: true})).length")
                expect(outputs == count, f"page {name}: {outputs} outputs are seen, of {count}")
                expect(browser.evaluate("document.title") != "run", f"page {name}: a script has run")
                asked = [line for line in logged(browser.events) if line.startswith("asks")]
                expect(not asked, f"page {name}: {asked}")
    finally:
        browser.close()
