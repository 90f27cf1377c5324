// What served pages do in addition to what they do from disk: they listen to what becomes of their notebook, and show it.
//
// A page fetches itself again when it is said to have changed, and whenever its connection is new. If that is said while it
// is fetching, it fetches once more; what cells show in the meantime is shown upon what was fetched.

// What is known of the notebook, and of whether anything can be known.
const situation = { state: null, since: 0, isConnected: false, wasConnected: false, isMissing: false, wasThere: false };

// What only a load of the whole page brings up to date: style, script, a button that is new, what can be found.
const frame = page => ['style', 'body > script', '#search-index'].map(name => page.querySelector(name)?.textContent)
  .concat(page.querySelector('header button.code') !== null).join('\0');

const showPage = (status, html) => {
  situation.isMissing = status === 404;
  if (status !== 200) return;
  situation.wasThere = true;
  const wanted = parsed(html);
  if (frame(wanted) !== frame(document)) { location.reload(); return; }
  document.title = wanted.title;
  // On the search page, all else is what the reader looks for.
  if (document.getElementById('search-index')) return;
  holdingStill(() => {
    for (const part of ['header .book', 'header .place', 'nav.chapters', 'main', 'footer']) {
      const [there, here] = [document.querySelector(part), wanted.querySelector(part)];
      if (there && here) morph(there, here);
    }
  });
};

const pause = () => new Promise(done => setTimeout(done, 1000));
let isOutdated = false;
let isFetching = false;
// What cells were said to show since the page last changed, by their numbers; and which of it does not stand there yet.
const cells = new Map();
const fresh = new Set();
const refresh = async () => {
  isOutdated = true;
  cells.clear();
  fresh.clear();
  if (isFetching) return;
  isFetching = true;
  while (isOutdated) {
    isOutdated = false;
    try {
      const answer = await fetch(location.pathname, { cache: 'no-store' });
      showPage(answer.status, await answer.text());
    } catch {
      // The server may have ended; if it has not, it is to be asked again.
      await pause();
      isOutdated ||= situation.isConnected;
    }
  }
  isFetching = false;
  for (const number of cells.keys()) fresh.add(number);
  update();
};

// Shows all news, at most once a frame: they may come faster than they can be shown.
let isPlanned = false;
const plan = () => {
  if (isPlanned) return;
  isPlanned = true;
  (document.hidden ? setTimeout : requestAnimationFrame)(update);
};
const update = () => {
  isPlanned = false;
  // What is being fetched may number the cells in another way.
  if (!isFetching && fresh.size) {
    holdingStill(() => fresh.forEach(number => showCell(cells.get(number))));
    fresh.clear();
  }
  paint();
};

const receive = message => {
  if (message.changed) refresh();
  if (message.cell) {
    cells.set(message.cell.number, message.cell);
    fresh.add(message.cell.number);
  }
  if (message.state) {
    // Swift names what a case of an enumeration carries by its place where it has no name.
    situation.state = message.state._1;
    situation.since = performance.now();
  }
  plan();
};

let isLeaving = false;
const connect = () => {
  const socket = new WebSocket('ws://' + location.host + '/~live/socket?page=' + page);
  socket.onopen = () => {
    situation.isConnected = situation.wasConnected = true;
    situation.state = null;
    refresh();
    plan();
  };
  socket.onmessage = ({ data }) => receive(JSON.parse(data));
  socket.onclose = async () => {
    situation.isConnected = false;
    if (isLeaving) return;
    paint();
    await pause();
    connect();
  };
};
addEventListener('pagehide', () => { isLeaving = true; });
addEventListener('pageshow', ({ persisted }) => { isLeaving = false; if (persisted) location.reload(); });
document.body.append(bar);
paint();
connect();
