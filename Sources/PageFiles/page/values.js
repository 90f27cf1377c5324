// What figures tell of their values, and the way from one to the next. Here is no page: figures.js shows it.

// Where each value is, in shares of the picture, in the order in which keys go through them.
//
// version: 0 for the wide picture, 1 for the one in a narrow window.
const spotsOf = ({ charts }, version = 0) => charts.flatMap((chart, number) => {
  const [left, top, width, height] = chart.areas[version] ?? chart.areas[0];
  return chart.series.flatMap(({ label, places, texts }, row) => texts.map((text, index) => ({
    x: (left + width * places[2 * index] / 1000) / 1000,
    y: (top + height * places[2 * index + 1] / 1000) / 1000,
    row: `${number}.${row}`, label, axes: [chart.x, chart.y], texts: text.split('\t'),
  })));
});

// The number of the spot that is nearest to a place, within a reach; -1 where there is none.
//
// All are in pixels: the picture is `size.width` by `size.height`.
const nearest = (spots, place, size, reach) => {
  let found = { index: -1, distance: reach };
  spots.forEach((spot, index) => {
    const distance = Math.hypot(spot.x * size.width - place.x, spot.y * size.height - place.y);
    if (distance < found.distance) found = { index, distance };
  });
  return found.index;
};

// What is told of a spot: what its series is called, then a line for each number.
const tellingOf = ({ label, axes, texts }) => ({
  title: label,
  lines: [
    ...axes.map((axis, index) => texts[index] && (axis ? `${axis}: ${texts[index]}` : texts[index])),
    texts[2],
  ].filter(Boolean),
});

// The number of the spot that a key leads to: right and left along a series, down and up to the nearest spot of the next; undefined
// where the key leads nowhere.
const reached = (spots, index, key) => {
  if (key === 'Home') return 0;
  if (key === 'End') return spots.length - 1;
  if (key === 'ArrowRight') return Math.min(index + 1, spots.length - 1);
  if (key === 'ArrowLeft') return Math.max(index - 1, 0);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const rows = [...new Set(spots.map(spot => spot.row))];
  const row = rows[rows.indexOf(spots[index].row) + (key === 'ArrowDown' ? 1 : -1)];
  if (row === undefined) return index;
  const apart = spot => Math.abs(spot.x - spots[index].x);
  return spots.reduce((best, spot, at) =>
    spot.row === row && (best < 0 || apart(spot) < apart(spots[best])) ? at : best, -1);
};
