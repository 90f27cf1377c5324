// The bar at the bottom of a served page, marks at cells, and keys.

const made = (name, attributes = {}, ...content) => {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...content);
  return element;
};
const keys = [['e', 'first error'], ['[ p', 'previous notebook'], ['] n', 'next notebook'], ['/', 'search'],
  ['?', 'these keys']];
const button = (symbol, action) => {
  const element = made('button', { type: 'button' }, symbol);
  element.addEventListener('click', action);
  return element;
};
const note = made('p', { class: 'live-note', hidden: '' });
const help = made('dl', { class: 'live-help', hidden: '' },
  ...keys.flatMap(([key, meaning]) => [made('dt', {}, ...key.split(' ').map(key => made('kbd', {}, key))), made('dd', {}, meaning)]));
const light = made('span', { class: 'live-light', 'aria-hidden': 'true' });
const words = made('span', { class: 'live-words', 'aria-hidden': 'true' });
// What is read out: without what changes every second.
const heard = made('span', { class: 'live-heard', role: 'status', 'aria-live': 'polite' });
const errorButton = button('First error', () => goToError());
const backButton = button('‹', () => turn('prev'));
const onButton = button('›', () => turn('next'));
const helpButton = button('?', () => toggleHelp());
const bar = made('aside', { class: 'live', 'aria-label': 'kdbook watch' }, help, note,
  made('div', { class: 'live-line' }, light, words, heard, errorButton, backButton, onButton, helpButton));

const paintBar = () => {
  const { light: colour, steady, passing = [], link } = report(situation, performance.now());
  light.dataset.colour = colour;
  words.replaceChildren(steady, ...passing.flatMap(part => [' · ', made('span', {}, part)]),
    ...link ? [made('a', { href: '/index.html' }, 'All pages of the book')] : []);
  // Setting it anew would have it read again.
  if (heard.textContent !== steady) heard.textContent = steady;
  words.setAttribute('aria-hidden', String(!link));
  const remark = situation.isConnected && situation.state?.note || '';
  if (note.textContent !== remark) note.textContent = remark;
  note.hidden = !remark;
};
const paintButtons = () => {
  errorButton.hidden = !errorPlace();
  errorButton.title = 'Go to the first error (e)';
  for (const [button, direction, name, key] of [[backButton, 'prev', 'Previous', '[ or p'], [onButton, 'next', 'Next', '] or n']]) {
    const link = linkTo(direction);
    const title = link?.textContent.replace(/^← | →$/g, '');
    button.disabled = !link;
    button.title = link ? name + ' notebook: ' + title + ' (' + key + ')' : 'There is no ' + name.toLowerCase() + ' notebook';
    button.setAttribute('aria-label', button.title);
  }
  helpButton.title = 'Keys (?)';
  helpButton.setAttribute('aria-label', 'Keys');
  helpButton.setAttribute('aria-expanded', String(!help.hidden));
};

// Marks the cells that are at work or wait.
const paintCells = () => {
  const activities = situation.isConnected ? situation.state?.activities ?? [] : [];
  for (const section of cellSections()) {
    const activity = activities.find(({ cell }) => cell === numberOf(section));
    if (!activity) {
      delete section.dataset.live;
      delete section.dataset.liveLabel;
      continue;
    }
    section.dataset.live = activity.kind;
    section.dataset.liveLabel = activity.kind === 'waiting' ? 'outdated'
      : [activity.kind, elapsed(activity, situation.since, performance.now()), activity.progress].filter(part => part).join(' · ');
  }
};

let clock = null;
const paint = () => {
  paintBar();
  paintButtons();
  paintCells();
  const isTimed = situation.isConnected && situation.state?.activities.some(({ kind }) => kind !== 'waiting');
  if (isTimed) clock ??= setInterval(() => { paintBar(); paintCells(); }, 1000);
  else { clearInterval(clock); clock = null; }
};

const errorPlace = () => {
  const state = situation.state;
  if (!state || !state.firstError && state.phase !== 'failed') return null;
  const section = state.firstError && cellSections().find(section => numberOf(section) === state.firstError);
  return (section || document.querySelector('main')).querySelector('.diagnostic.error') ?? section ?? null;
};
const goToError = () => {
  const place = errorPlace();
  if (!place) return;
  place.scrollIntoView({ block: 'center', behavior: 'instant' });
  place.tabIndex = -1;
  place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  place.focus({ preventScroll: true });
};
const linkTo = direction => document.querySelector('nav.neighbours a.' + direction)
  ?? (direction === 'next' ? document.querySelector('ol.notebooks a') : null);
const turn = direction => linkTo(direction)?.click();
const toggleHelp = (isShown = help.hidden) => { help.hidden = !isShown; paintButtons(); };

const actions = { e: goToError, '[': () => turn('prev'), p: () => turn('prev'), ']': () => turn('next'),
  n: () => turn('next'), '?': () => toggleHelp() };
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable]')) return;
  if (event.key === 'Escape') toggleHelp(false);
  else if (Object.hasOwn(actions, event.key)) { event.preventDefault(); actions[event.key](); }
});

new ResizeObserver(() => {
  document.documentElement.style.setProperty('--live-height', bar.offsetHeight + 'px');
}).observe(bar);
