// Figures tell their values: at the place that is pointed at, and to who goes from one to the next by arrow keys. Without this script a
// figure is a picture, and its values are in the file behind its link.
const made = (tag, name) => {
  const element = document.createElement(tag);
  element.className = name;
  element.hidden = true;
  return element;
};
const tip = made('div', 'tip');
const spotMark = made('div', 'spot');
tip.setAttribute('role', 'status');
document.addEventListener('DOMContentLoaded', () => document.body.append(spotMark, tip));

// The values of a figure's picture as it is shown now, and where that is.
const shownValues = figure => {
  const data = figure?.querySelector('script.values');
  const image = figure?.querySelector('picture img');
  if (!data || !image) return undefined;
  const source = [...figure.querySelectorAll('source')].find(({ srcset }) => new URL(srcset, document.baseURI).href === image.currentSrc);
  return { spots: spotsOf(JSON.parse(data.textContent), Number(source?.dataset.version ?? 0)), box: image.getBoundingClientRect() };
};

const hideTip = () => { tip.hidden = spotMark.hidden = true; };
const showTip = (spot, box, isByKey) => {
  const { title, lines } = tellingOf(spot);
  if (isByKey) lines.push(say('The arrow keys lead from value to value.'));
  const heading = document.createElement('strong');
  heading.textContent = title;
  tip.setAttribute('aria-live', isByKey ? 'polite' : 'off');
  tip.replaceChildren(...(title ? [heading] : []), ...lines.map(line => {
    const element = document.createElement('div');
    element.textContent = line;
    return element;
  }));
  tip.hidden = spotMark.hidden = false;
  const place = { x: box.left + spot.x * box.width, y: box.top + spot.y * box.height };
  spotMark.style.left = `${place.x + scrollX}px`;
  spotMark.style.top = `${place.y + scrollY}px`;
  // Beside the place, on the side that has room.
  const { width, height } = tip.getBoundingClientRect();
  const left = place.x + 14 + width <= document.documentElement.clientWidth ? place.x + 14 : Math.max(4, place.x - 14 - width);
  tip.style.left = `${left + scrollX}px`;
  tip.style.top = `${Math.max(4, place.y - height - 10) + scrollY}px`;
};

let pointed;
const tellPlace = event => {
  const image = event.target.closest?.('figure picture img');
  const values = image && shownValues(image.closest('figure'));
  if (!values) { if (pointed) hideTip(); pointed = false; return; }
  const place = { x: event.clientX - values.box.left, y: event.clientY - values.box.top };
  const index = nearest(values.spots, place, values.box, 36);
  pointed = index >= 0;
  if (pointed) showTip(values.spots[index], values.box, false); else hideTip();
};
document.addEventListener('pointermove', tellPlace);
document.addEventListener('pointerdown', tellPlace);

let chosen = 0;
document.addEventListener('focusin', ({ target }) => {
  const values = target.matches?.('figure:focus-visible') && shownValues(target);
  if (!values) return;
  chosen = 0;
  showTip(values.spots[0], values.box, true);
});
document.addEventListener('focusout', ({ target }) => { if (target.matches?.('figure')) hideTip(); });
document.addEventListener('keydown', event => {
  const values = event.target.matches?.('figure') && shownValues(event.target);
  if (!values || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') hideTip();
  const index = reached(values.spots, Math.min(chosen, values.spots.length - 1), event.key);
  if (index === undefined) return;
  event.preventDefault();
  chosen = index;
  showTip(values.spots[index], values.box, true);
});

document.addEventListener('DOMContentLoaded', () => new ResizeObserver(() => {
  for (const data of document.querySelectorAll('figure > script.values')) data.parentElement.tabIndex = 0;
}).observe(document.querySelector('main')));
