import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './scripts.mjs';

const { numberOf, sortedOrder } = from(['page/tables.js'], ['numberOf', 'sortedOrder']);
const sorted = (texts, isDescending = false) => sortedOrder(texts, isDescending).map(place => texts[place]);

test('a number is read as pages write it', () => {
  assert.equal(numberOf('1,234.50'), 1234.5);
  assert.equal(numberOf('−3.584'), -3.584);
  assert.equal(numberOf('+2\u00a0points'), 2);
  assert.equal(numberOf('5.2\u2007\u2007 %'), 5.2);
  assert.equal(numberOf('6.5e-05'), 6.5e-5);
  assert.equal(numberOf('teacher'), null);
  assert.equal(numberOf(''), null);
});

test('numbers are sorted by size, words by the alphabet', () => {
  assert.deepEqual(sorted(['10', '−2', '9.5']), ['−2', '9.5', '10']);
  assert.deepEqual(sorted(['10', '−2', '9.5'], true), ['10', '9.5', '−2']);
  assert.deepEqual(sorted(['b', 'A', 'c']), ['A', 'b', 'c']);
  assert.deepEqual(sorted(['10 units', 'all', '9 units']), ['9 units', '10 units', 'all']);
});

test('a gap comes last, whichever way', () => {
  for (const gap of ['', '–', '—', 'NaN']) {
    assert.deepEqual(sorted([gap, '2', '1']), ['1', '2', gap]);
    assert.deepEqual(sorted([gap, '1', '2'], true), ['2', '1', gap]);
  }
});

test('what is alike keeps its order, and nothing is lost', () => {
  for (let round = 0; round < 200; round++) {
    const texts = Array.from({ length: round % 17 }, (_, place) => String((place * 7919 * (round + 1)) % 5));
    const order = sortedOrder(texts, round % 2 === 1);
    assert.deepEqual([...order].sort((a, b) => a - b), texts.map((_, place) => place));
    for (let place = 1; place < order.length; place++) {
      const [a, b] = [order[place - 1], order[place]];
      if (texts[a] === texts[b]) assert(a < b);
    }
  }
});
