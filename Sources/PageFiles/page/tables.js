// Tables that can be sorted: the heading of a column becomes a button. Without this script a table stands as the notebook gave it,
// and so it does again after a third click.
const numberOf = text => {
  const plain = text.replace(/\u2212/g, '-').replace(/[,\u2007\u2008]/g, '').trim();
  const found = plain.match(/^[+-]?\d+(\.\d+)?(e[+-]?\d+)?/i);
  return found ? Number(found[0]) : null;
};
const isGap = text => /^[\u2007\u2008\s]*([-–—]|n\/?a|nan)?[\u2007\u2008\s]*$/i.test(text);

// The rows' places in the order of a column's entries; what is alike stays as it stood.
const sortedOrder = (texts, isDescending) => {
  const numbers = texts.map(numberOf);
  const areNumbers = texts.every((text, place) => numbers[place] !== null || isGap(text));
  const words = new Intl.Collator(undefined, { numeric: true });
  const compare = (a, b) => areNumbers ? numbers[a] - numbers[b] : words.compare(texts[a], texts[b]);
  return texts.map((_, place) => place).sort((a, b) => {
    if (isGap(texts[a]) || isGap(texts[b])) return isGap(texts[a]) - isGap(texts[b]) || a - b;
    return (isDescending ? compare(b, a) : compare(a, b)) || a - b;
  });
};

// The order in which a table's rows stood before they were sorted.
const rowsAsGiven = new WeakMap();
const sortTable = heading => {
  const body = heading.closest('table').tBodies[0];
  const rows = rowsAsGiven.get(body) ?? [...body.rows];
  rowsAsGiven.set(body, rows);
  const before = heading.getAttribute('aria-sort');
  const next = before === 'ascending' ? 'descending' : 'ascending';
  const isGiven = before === 'descending';
  for (const other of heading.parentElement.cells) other.removeAttribute('aria-sort');
  if (!isGiven) heading.setAttribute('aria-sort', next);
  const texts = rows.map(row => row.cells[heading.cellIndex]?.textContent ?? '');
  const order = isGiven ? rows.keys() : sortedOrder(texts, next === 'descending');
  body.append(...[...order].map(place => rows[place]));
};

// A table of a few rows is read faster than it is sorted.
const letTablesBeSorted = () => {
  for (const table of document.querySelectorAll('main div.table > table')) {
    if (table.tBodies[0]?.rows.length < 5 || table.tHead?.rows.length !== 1) continue;
    for (const heading of table.tHead.querySelectorAll('th:not(:has(button))')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...heading.childNodes);
      button.addEventListener('click', () => sortTable(heading));
      heading.append(button);
    }
  }
};
