import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './scripts.mjs';

const { common, aligned } = from(['live/alignment.js'], ['common', 'aligned']);

// A small generator of its own: the same lists in every run.
const numbers = seed => () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const listOf = (random, most) => Array.from({ length: Math.floor(random() * most) }, () => 'abc'[Math.floor(random() * 3)]);

const longest = (left, right) => {
  if (!left.length || !right.length) return 0;
  if (left[0] === right[0]) return 1 + longest(left.slice(1), right.slice(1));
  return Math.max(longest(left.slice(1), right), longest(left, right.slice(1)));
};

test('common finds as many pairs as there can be, in order, of equals', () => {
  const random = numbers(7);
  for (let round = 0; round < 300; round++) {
    const [left, right] = [listOf(random, 8), listOf(random, 8)];
    const pairs = common(left, right);
    assert.equal(pairs.length, longest(left, right));
    pairs.forEach(([from, to], index) => {
      assert.equal(left[from], right[to]);
      if (index) assert(from > pairs[index - 1][0] && to > pairs[index - 1][1]);
    });
  }
});

test('the steps give what is wanted in order and leave no node out', () => {
  const random = numbers(11);
  const likenesses = [node => node.text, node => node.kind];
  const nodesOf = (texts, side) => texts.map((text, index) => ({ text, kind: text === 'a', name: side + index }));
  for (let round = 0; round < 300; round++) {
    const [present, wanted] = [nodesOf(listOf(random, 8), 'p'), nodesOf(listOf(random, 8), 'w')];
    const steps = aligned(present, wanted, likenesses);
    assert.deepEqual(steps.filter(step => step.wanted).map(step => step.wanted), wanted);
    assert.deepEqual(steps.filter(step => step.node).map(step => step.node), present);
    for (const { node, wanted, isSame } of steps) {
      if (node && wanted) assert(isSame ? node.text === wanted.text : node.kind === wanted.kind);
    }
  }
});
