// Brings a page in line with what it is to show.
//
// What is the same stays the very element that it was, and so does what only reads otherwise: folds stay open, pictures do
// not flicker, and what the reader sees stays where it is.

// How a node is written: as it came, where it was brought in line before; else as it stands, without what was added
// while the page was used. A cell's number is left out, as it changes with the cells before.
const sources = new WeakMap();
const written = node => node.nodeType !== Node.ELEMENT_NODE ? node.data
  : sources.get(node) ?? node.outerHTML.replace(/(<details\b[^>]*?) open=""/g, '$1')
      .replace(/(<(?:pre|div|span|picture|figure)\b[^<>]*?) tabindex="0"/g, '$1').replace(/ aria-current="location"/g, '')
      .replace(/^<section [^>]*>/, opening =>
      opening.replace(/ data-live[\w-]*="[^"]*"/g, '').replace(/ id="cell:\d+"/, ''));
const codeOf = node => node.matches?.('section.cell') ? node.querySelector('pre.code')?.textContent : undefined;

// What makes a node on the page the one that is wanted: the surest first.
const likenesses = [written, node => codeOf(node) ?? node, node => node.id ? node.nodeName + node.id : node,
  node => node.nodeName];

// What consists of blocks is compared block by block; white space between them says nothing.
const consistsOfBlocks = node =>
  node.matches('main, footer, section.cell, div.switched, figure, picture, nav, ul, ol, dl, details.fold, details.more, details.provenance');
const blocksOf = node => [...node.childNodes].filter(child => child.nodeType !== Node.TEXT_NODE || child.data.trim());
const isText = node => node.childNodes.length === 1 && node.firstChild.nodeType === Node.TEXT_NODE;

const reconcile = (parent, wanted) => {
  let place = parent.firstChild;
  for (const step of aligned(blocksOf(parent), blocksOf(wanted), likenesses)) {
    if (!step.wanted) {
      if (place === step.node) place = step.node.nextSibling;
      step.node.remove();
    } else if (!step.node) {
      parent.insertBefore(document.adoptNode(step.wanted), place);
    } else {
      if (!step.isSame) morph(step.node, step.wanted);
      // Cells that are the same may have other numbers.
      else if (step.node.id !== step.wanted.id) step.node.id = step.wanted.id;
      place = step.node.nextSibling;
    }
  }
};

const morph = (node, wanted) => {
  if (node.nodeType !== Node.ELEMENT_NODE) { node.data = wanted.data; return; }
  sources.set(node, written(wanted));
  for (const { name } of [...node.attributes]) {
    const isOfUse = name.startsWith('data-live') || name === 'open' && node.nodeName === 'DETAILS';
    if (!isOfUse && !wanted.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  if (consistsOfBlocks(node)) reconcile(node, wanted);
  else if (isText(node) && isText(wanted)) node.firstChild.data = wanted.firstChild.data;
  else if (node.innerHTML !== wanted.innerHTML) node.replaceChildren(...wanted.childNodes);
};

// Changes the page while the first element that the reader sees, and that stays, stays where it is.
const holdingStill = change => {
  const seen = [...document.querySelectorAll('main > *, main > * > *, footer > *')]
    .filter(element => !element.closest('nav.contents'))
    .map(element => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.height > 0 && box.bottom > 0 && box.top < innerHeight);
  const anchors = [...seen.filter(({ box }) => box.top >= 0), ...seen];
  const isAtTop = scrollY === 0;
  change();
  const anchor = anchors.find(({ element }) => element.isConnected);
  if (isAtTop || !anchor) return;
  const moved = anchor.element.getBoundingClientRect().top - anchor.box.top;
  if (moved) scrollBy({ top: moved, behavior: 'instant' });
};

const parsed = html => new DOMParser().parseFromString(html, 'text/html');
const cellSections = () => [...document.querySelectorAll('main section.cell')];
const numberOf = section => Number(section.id.slice('cell:'.length));

// Shows what a cell shows now. Where nothing was shown of it before, it comes before the next cell.
const showCell = ({ number, html }) => {
  const wanted = parsed(html).body.firstElementChild;
  const section = cellSections().find(section => numberOf(section) === number);
  if (!wanted) section?.remove();
  else if (wanted.id !== 'cell:' + number) return;
  else if (section) morph(section, wanted);
  else cellSections().find(section => numberOf(section) > number)?.before(document.adoptNode(wanted));
};
