// Which nodes of two lists belong together.

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

// Steps in the order of the page: a node that stays for one that is wanted, one that goes, or one that comes. A node can stay
// for one that is like it by any of the likenesses, the surest first; by the first, both are the same.
const aligned = (present, wanted, likenesses, level = 0) => {
  if (!present.length || !wanted.length || level === likenesses.length) {
    return [...present.map(node => ({ node })), ...wanted.map(wanted => ({ wanted }))];
  }
  const pairs = common(present.map(likenesses[level]), wanted.map(likenesses[level]));
  const steps = [];
  let [from, to] = [0, 0];
  for (const [left, right] of [...pairs, [present.length, wanted.length]]) {
    steps.push(...aligned(present.slice(from, left), wanted.slice(to, right), likenesses, level + 1));
    if (left < present.length) steps.push({ node: present[left], wanted: wanted[right], isSame: level === 0 });
    [from, to] = [left + 1, right + 1];
  }
  return steps;
};
