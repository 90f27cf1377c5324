// The search box, the buttons that hide all code and copy some, where in the page the reader is, and the search page. Without
// this script the box and the buttons are missing.
//
// The search page has what can be found as JSON in itself, because a page that was opened from disk can fetch nothing.
const phrases = JSON.parse(document.body.dataset.words || '{}');
// The page's language has them; a number stands for each #.
const say = (english, ...numbers) => {
  const text = phrases[english] ?? english;
  let next = 0;
  return text.replace(/#|\{(\d)\}/g, (mark, place) => numbers[place ? place - 1 : next++]);
};
const form = document.querySelector('form.search');
const box = form.querySelector('input');
form.hidden = false;

const button = document.querySelector('button.code');
if (button) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const hidden = document.documentElement.classList.toggle('without-code');
    button.textContent = say(hidden ? 'Show code' : 'Hide code');
    for (const fold of document.querySelectorAll('details.fold')) fold.open = !hidden;
  });
}

if (navigator.clipboard) document.documentElement.classList.add('can-copy');
document.addEventListener('click', async event => {
  const button = event.target.closest?.('button.copy');
  if (!button) return;
  const code = button.parentElement.querySelector('code');
  let word = 'Copied';
  try { await navigator.clipboard.writeText(code.textContent); } catch { word = 'Not copied'; }
  button.textContent = say(word);
  setTimeout(() => { button.textContent = say('Copy'); }, 1500);
});

// Marks in the page's contents the section that is read: the last whose heading has come to the window's upper third.
const markPlace = () => {
  const links = [...document.querySelectorAll('nav.contents a')];
  const above = links.filter(link => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading && heading.getBoundingClientRect().top < innerHeight / 3;
  });
  for (const link of links) {
    if (link === above.at(-1)) link.setAttribute('aria-current', 'location');
    else link.removeAttribute('aria-current');
  }
};
let isMarking = false;
addEventListener('scroll', () => {
  if (isMarking) return;
  isMarking = true;
  requestAnimationFrame(() => { isMarking = false; markPlace(); });
}, { passive: true });

// What can be scrolled sideways can be reached by key, in browsers too that do not see to that themselves.
const letScrollersBeReached = () => {
  for (const box of document.querySelectorAll('main :is(pre, div.table, .display, .formula, picture, .diagram, .output.html)')) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute('tabindex');
  }
};
document.addEventListener('DOMContentLoaded', () => {
  markPlace();
  // It is told at once, and whenever the text gets another size.
  new ResizeObserver(() => { letScrollersBeReached(); letTablesBeSorted(); markPlace(); }).observe(document.querySelector('main'));
  document.addEventListener('toggle', letScrollersBeReached, true);
});

document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest('input, textarea, select')) return;
  event.preventDefault();
  box.focus();
  box.select();
});

form.addEventListener('submit', event => {
  event.preventDefault();
  const first = document.querySelector('.results a');
  if (first) first.click();
  else if (box.value.trim()) location.href = form.dataset.page + '#' + encodeURIComponent(box.value.trim());
});

document.addEventListener('DOMContentLoaded', () => {
  const data = document.getElementById('search-index');
  if (data) showSearch(sectionsOf(JSON.parse(data.textContent)));
});

const marked = pieces => pieces.map(({ text, isHit }) => {
  if (!isHit) return text;
  const mark = document.createElement('mark');
  mark.textContent = text;
  return mark;
});
const excerpt = (passage, words) => {
  const { start, end } = excerptOf(passage, words);
  const line = document.createElement('p');
  if (start > 0) line.append('… ');
  line.append(...marked(piecesOf(passage, words, start, end)));
  if (end < passage.text.length) line.append(' …');
  return line;
};
const result = ({ section, passage }, words) => {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = section.page.name + '/index.html' + (section.anchor ? '#' + encodeURIComponent(section.anchor) : '');
  link.append(...marked(piecesOf(section.title, words)));
  if (section.heading.text) link.append(' › ', ...marked(piecesOf(section.heading, words)));
  item.append(link);
  if (passage) item.append(excerpt(passage, words));
  return item;
};

const showSearch = sections => {
  const results = document.querySelector('.results');
  const status = document.querySelector('.status');
  const hint = status.textContent;
  const show = () => {
    const words = wordsOf(box.value);
    const hits = hitsOf(sections, words);
    const shown = hits.slice(0, 50);
    results.replaceChildren(...shown.map(hit => result(hit, words)));
    const places = say(hits.length === 1 ? '1 section' : '# sections', hits.length);
    status.textContent = !words.length ? hint
      : !hits.length ? say('Nothing on these pages has all of this.')
      : shown.length < hits.length ? say('The first # of #', shown.length, places) : places;
    history.replaceState(null, '', '#' + encodeURIComponent(box.value));
  };

  const readAddress = () => {
    try { box.value = decodeURIComponent(location.hash.slice(1)); } catch { box.value = ''; }
    show();
  };
  box.addEventListener('input', show);
  addEventListener('hashchange', readAddress);
  document.addEventListener('keydown', event => {
    const links = [...results.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    if (event.key === 'Escape') box.focus();
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (at < 0 && document.activeElement !== box) return;
    const next = at + (event.key === 'ArrowDown' ? 1 : -1);
    if (next >= links.length) return;
    event.preventDefault();
    (next < 0 ? box : links[next]).focus();
  });
  readAddress();
  box.focus();
};
