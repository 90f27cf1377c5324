/// The part of the pages' script that brings a page in line with what it is to show.
///
/// What is the same stays the very element that it was, and so does what only reads otherwise: folds stay open, pictures do
/// not flicker, and what the reader sees stays where it is.
let patchScript = #"""
    // How a node is written: as it came, where it was brought in line before; else as it stands, without what was added
    // while the page was used. A cell's number is left out, as it changes with the cells before.
    const sources = new WeakMap();
    const written = node => node.nodeType !== Node.ELEMENT_NODE ? node.data
      : sources.get(node) ?? node.outerHTML.replace(/(<details\b[^>]*?) open=""/g, '$1').replace(/^<section [^>]*>/, opening =>
          opening.replace(/ data-live[\w-]*="[^"]*"/g, '').replace(/ id="cell:\d+"/, ''));
    const codeOf = node => node.matches?.('section.cell') ? node.querySelector('pre.code')?.textContent : undefined;

    // What makes a node on the page the one that is wanted: the surest first. Only by the first are both the same.
    const likenesses = [written, node => codeOf(node) ?? node, node => node.id ? node.nodeName + node.id : node,
      node => node.nodeName];

    // The longest common subsequence of two lists, as pairs of indices.
    const common = (left, right) => {
      let start = 0;
      while (start < left.length && start < right.length && left[start] === right[start]) start++;
      let end = 0;
      while (end < left.length - start && end < right.length - start && left.at(-1 - end) === right.at(-1 - end)) end++;
      const [rows, columns] = [left.length - start - end, right.length - start - end];
      const lengths = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1));
      for (let row = rows - 1; row >= 0; row--) {
        for (let column = columns - 1; column >= 0; column--) {
          lengths[row][column] = left[start + row] === right[start + column] ? lengths[row + 1][column + 1] + 1
            : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
        }
      }
      const pairs = Array.from({ length: start }, (_, index) => [index, index]);
      for (let [row, column] = [0, 0]; row < rows && column < columns;) {
        if (left[start + row] === right[start + column]) pairs.push([start + row++, start + column++]);
        else if (lengths[row + 1][column] >= lengths[row][column + 1]) row++;
        else column++;
      }
      for (let index = end; index > 0; index--) pairs.push([left.length - index, right.length - index]);
      return pairs;
    };

    // Steps in the order of the page: a node that stays for one that is wanted, one that goes, or one that comes.
    const aligned = (present, wanted, level = 0) => {
      if (!present.length || !wanted.length || level === likenesses.length) {
        return [...present.map(node => ({ node })), ...wanted.map(wanted => ({ wanted }))];
      }
      const pairs = common(present.map(likenesses[level]), wanted.map(likenesses[level]));
      const steps = [];
      let [from, to] = [0, 0];
      for (const [left, right] of [...pairs, [present.length, wanted.length]]) {
        steps.push(...aligned(present.slice(from, left), wanted.slice(to, right), level + 1));
        if (left < present.length) steps.push({ node: present[left], wanted: wanted[right], isSame: level === 0 });
        [from, to] = [left + 1, right + 1];
      }
      return steps;
    };

    // What consists of blocks is compared block by block; white space between them says nothing.
    const consistsOfBlocks = node =>
      node.matches('main, footer, section.cell, figure, picture, nav, ul, ol, dl, details.fold, details.provenance');
    const blocksOf = node => [...node.childNodes].filter(child => child.nodeType !== Node.TEXT_NODE || child.data.trim());
    const isText = node => node.childNodes.length === 1 && node.firstChild.nodeType === Node.TEXT_NODE;

    const reconcile = (parent, wanted) => {
      let place = parent.firstChild;
      for (const step of aligned(blocksOf(parent), blocksOf(wanted))) {
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
    const cellSections = () => [...document.querySelectorAll('main > section.cell')];
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
    """#
