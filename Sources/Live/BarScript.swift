/// The part of the pages' script that says how the notebook stands: a bar, marks at cells, and keys.
let barScript = #"""
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

    const duration = seconds => {
      const whole = Math.floor(seconds);
      const two = number => String(number).padStart(2, '0');
      return whole < 60 ? whole + ' s' : whole < 3600 ? Math.floor(whole / 60) + ' min ' + two(whole % 60) + ' s'
        : Math.floor(whole / 3600) + ' h ' + two(Math.floor(whole / 60) % 60) + ' min';
    };
    const cellCount = count => count === 1 ? '1 cell waits' : count + ' cells wait';

    // How the notebook stands: a light's colour, words, and what of them does not change by itself.
    const report = () => {
      if (!situation.isConnected) {
        return situation.wasConnected
          ? { light: 'gone', steady: 'kdbook watch has ended; this page no longer changes.' }
          : { light: 'gone', steady: 'connecting …' };
      }
      const state = situation.state;
      // A page that is new comes when its notebook has run.
      if (situation.isMissing && state?.phase !== 'running') {
        return { light: 'failed', link: true, steady: situation.wasThere
          ? 'This page is no longer in the book; it shows what it was. ' : 'This page is not in the book. ' };
      }
      if (!state || state.phase === 'upToDate') return { light: 'good', steady: 'up to date' };
      if (state.phase === 'failed') {
        return { light: 'failed', steady: state.firstError ? 'failed: cell ' + state.firstError : 'failed' };
      }
      const waiting = state.activities.filter(({ kind }) => kind === 'waiting').length;
      const atWork = state.activities.filter(({ kind }) => kind !== 'waiting');
      const active = atWork.find(({ kind }) => kind === 'running') ?? atWork[0];
      if (!active) return { light: 'busy', steady: waiting ? cellCount(waiting) : 'running' };
      const steady = active.kind + ' cell ' + active.cell + (state.cells ? ' of ' + state.cells : '');
      const passing = [elapsed(active), active.progress, waiting ? cellCount(waiting) : ''].filter(part => part);
      return { light: 'busy', steady, passing };
    };
    const elapsed = ({ seconds }) => {
      const total = seconds + (performance.now() - situation.since) / 1000;
      return total >= 1 ? duration(total) : '';
    };

    const paintBar = () => {
      const { light: colour, steady, passing = [], link } = report();
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
          : [activity.kind, elapsed(activity), activity.progress].filter(part => part).join(' · ');
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
    """#
