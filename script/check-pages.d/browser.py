"""Opens every page in a folder in headless Chromium, over its own protocol. See script/check-pages."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "lib"))
from chromium import Browser, logged  # noqa: E402

WIDTHS = {"telephone": 360, "screen": 1200}
# What a page may weigh without its pictures, in kB; the page of the search holds the text of all others.
HEAVIEST, SEARCH_PAGE = 300, 1000
WIDER = """
    [...document.querySelectorAll('body *')].filter(element => {
      const box = element.getBoundingClientRect();
      if (box.right <= innerWidth + 1 || box.width === 0) return false;
      for (let outer = element.parentElement; outer; outer = outer.parentElement) {
        if (getComputedStyle(outer).overflowX !== 'visible') return false;
      }
      return true;
    }).slice(0, 3).map(element => element.tagName.toLowerCase() + '.' + element.className + ' '
      + element.textContent.trim().slice(0, 40))
"""


def page_problems(browser, page, name, screenshots):
    for scheme in ["light", "dark"]:
        for device, width in WIDTHS.items():
            browser.look(width, scheme)
            browser.open(page.as_uri())
            yield from (f"{device}, {scheme}: {problem}" for problem in logged(browser.events))
            wide = browser.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                elements = "; ".join(browser.evaluate(WIDER))
                yield f"{device}, {scheme}: {wide} pixels wide in a window of {width}: {elements}"
            yield from (f"{device}, {scheme}: {problem}" for problem in spoken_problems(browser))
            if screenshots:
                browser.screenshot(f"{screenshots}/{name.replace('/', '-')}-{device}-{scheme}.png")


# Where notes stand beside the text.
NOTES_WIDTH = 1400
NOTES = """
    (() => {
      const box = element => element.getBoundingClientRect();
      const notes = [...document.querySelectorAll('.footnote')];
      const text = notes.length ? box(document.querySelector('main > p:not(.abstract)')).right : 0;
      return notes.flatMap((note, index) => {
        const mark = document.getElementById(note.id.replace('fn:', 'fnref:'));
        const above = notes[index - 1];
        return [
          box(note).left < text && 'stands in the text',
          box(note).right > innerWidth && 'is cut off',
          box(note).top < box(mark).top - 2 && 'stands above its mark',
          above && box(note).top < box(above).bottom && 'covers the note above',
        ].filter(Boolean).map(problem => note.id + ' ' + problem);
      });
    })()
"""


def note_problems(browser, page):
    browser.look(NOTES_WIDTH, "light")
    browser.open(page.as_uri())
    yield from (f"wide screen: {problem}" for problem in browser.evaluate(NOTES))


def spoken_problems(browser):
    """What axe-core finds serious: what is not told by ear, or not reached by key, or too faint to be read."""
    browser.evaluate(AXE + "; 0")
    found = browser.evaluate("""
        axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations
          .filter(violation => ['serious', 'critical'].includes(violation.impact))
          .map(({ id, help, nodes }) => `${id} (${help}), ${nodes.length} times: ${nodes[0].html.slice(0, 120)}`))
    """)
    yield from found


def weight(browser, page):
    """A page's size in kB, and the least time in which a few loads of it were complete: what else is done here only adds."""
    browser.look(WIDTHS["screen"], "light")
    times = []
    for _ in range(5):
        browser.open(page.as_uri())
        times.append(browser.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
    return page.stat().st_size / 1000, min(times)


def weight_problems(weights):
    for name, (size, _) in weights.items():
        most = SEARCH_PAGE if name.endswith("search.html") else HEAVIEST
        if size > most:
            yield f"{name}: {size:.0f} kB without its pictures; {most} is the most"


def search_problems(browser, folder):
    """Finds a word of the book from its front page by keyboard alone, and goes where it stands."""
    browser.look(WIDTHS["screen"], "light")
    browser.open((folder / "search.html").as_uri())
    word = browser.evaluate("""
        JSON.parse(document.getElementById('search-index').textContent).flatMap(page => page.sections)
          .flatMap(section => section.heading.match(/[a-z]{6,}/gi) || [])[0]
    """)
    if not word:
        return
    browser.open((folder / "index.html").as_uri())
    browser.key("/", "/")
    if browser.evaluate("document.activeElement.type") != "search":
        yield "the key / does not lead to the search box"
        return
    browser.type(word.upper()[:-1])
    browser.key("Enter")
    browser.evaluate("new Promise(done => setTimeout(done, 500))")
    count = browser.evaluate("document.querySelectorAll('.results a').length")
    marks = browser.evaluate("[...document.querySelectorAll('.results mark')].map(mark => mark.textContent)")
    if not count or any(mark.lower() != word.lower()[:-1] for mark in marks):
        yield f"searching {word.upper()[:-1]}: {count} places, marked {marks[:5]}"
        return
    address = browser.evaluate("document.querySelector('.results a').href")
    browser.key("ArrowDown")
    if browser.evaluate("document.activeElement.href") != address:
        yield "the arrow does not lead from the box to what was found"
    browser.key("ArrowUp")
    if browser.evaluate("document.activeElement.type") != "search":
        yield "the arrow does not lead back to the box"
    browser.key("Enter")
    browser.evaluate("new Promise(done => setTimeout(done, 500))")
    if browser.evaluate("location.href") != address:
        yield "Enter does not open what was found"
    elif not browser.evaluate("!location.hash || document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"):
        yield f"{address} leads to no anchor"
    yield from logged(browser.events)


def scriptless_problems(browser, pages):
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    for page in pages:
        browser.open(page.as_uri(), scripts=False)
        if browser.evaluate("document.querySelector('form.search').offsetWidth"):
            yield f"{page.parent.name}/{page.name}: without JavaScript a search box stands there that cannot search"
    browser.call("Emulation.setScriptExecutionDisabled", value=False)


def main(axe, folder, screenshots=None):
    global AXE
    AXE = Path(axe).read_text(encoding="utf-8")
    folder = Path(folder).resolve()
    pages = sorted(folder.rglob("*.html"))
    browser = Browser()
    found = []
    try:
        for page in pages:
            name = str(page.relative_to(folder))
            found += [f"{name}: {problem}" for problem in page_problems(browser, page, name, screenshots)]
            found += [f"{name}: {problem}" for problem in note_problems(browser, page)]
        weights = {str(page.relative_to(folder)): weight(browser, page) for page in pages}
        found += list(weight_problems(weights))
        found += [f"search: {problem}" for problem in search_problems(browser, folder)]
        found += list(scriptless_problems(browser, pages))
    finally:
        browser.close()
    heavy, slow = (max(weights, key=lambda name: weights[name][place]) for place in (0, 1))
    print("\n".join(found + [
        f"browser: {len(pages)} pages, {len(found)} problems; at most {weights[heavy][0]:.0f} kB ({heavy}) "
        f"and {weights[slow][1]:.0f} ms ({slow})"]))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
