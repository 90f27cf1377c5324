import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './scripts.mjs';

const { spotsOf, nearest, tellingOf, reached } = from(['page/values.js'], ['spotsOf', 'nearest', 'tellingOf', 'reached']);

// Two lines in the right half of a wide picture, and in the whole of a narrow one.
const figure = {
  charts: [{
    areas: [[500, 0, 500, 1000], [0, 0, 1000, 1000]], x: 'epoch', y: 'loss',
    series: [
      { label: 'plain', places: [0, 0, 500, 400, 1000, 500], texts: ['1\t2', '2\t1.2', '3\t1'] },
      { label: 'soft', places: [0, 1000, 1000, 900], texts: ['1\t0\t0 – 0.5', '3\t0.2\t0 – 1'] },
    ],
  }],
};
const spots = spotsOf(figure);
const size = { width: 200, height: 100 };

test('values lie where the picture has them, in the version that is shown', () => {
  assert.deepEqual(spots.map(({ x, y }) => [x, y]), [[.5, 0], [.75, .4], [1, .5], [.5, 1], [1, .9]]);
  assert.deepEqual(spotsOf(figure, 1).map(({ x }) => x), [0, .5, 1, 0, 1]);
  assert.deepEqual(spotsOf(figure, 7), spots);
});

test('the nearest value within reach is told', () => {
  assert.equal(nearest(spots, { x: 152, y: 44 }, size, 20), 1);
  assert.equal(nearest(spots, { x: 10, y: 50 }, size, 20), -1);
  assert.equal(nearest([], { x: 10, y: 50 }, size, 20), -1);
});

test('a value is told with its series, its axes and what else is shown', () => {
  assert.deepEqual(tellingOf(spots[1]), { title: 'plain', lines: ['epoch: 2', 'loss: 1.2'] });
  assert.deepEqual(tellingOf(spots[4]).lines, ['epoch: 3', 'loss: 0.2', '0 – 1']);
  assert.deepEqual(tellingOf({ label: '', axes: ['', ''], texts: ['', '0.1'] }), { title: '', lines: ['0.1'] });
});

test('arrow keys lead along a series and to the next one, and stop at the ends', () => {
  assert.equal(reached(spots, 0, 'ArrowRight'), 1);
  assert.equal(reached(spots, 0, 'ArrowLeft'), 0);
  assert.equal(reached(spots, 4, 'ArrowRight'), 4);
  assert.equal(reached(spots, 2, 'ArrowDown'), 4);
  assert.equal(reached(spots, 3, 'ArrowUp'), 0);
  assert.equal(reached(spots, 0, 'ArrowUp'), 0);
  assert.equal(reached(spots, 3, 'ArrowDown'), 3);
  assert.deepEqual([reached(spots, 3, 'Home'), reached(spots, 3, 'End'), reached(spots, 3, 'x')], [0, 4, undefined]);
});
