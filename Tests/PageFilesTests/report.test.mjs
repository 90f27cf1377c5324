import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './scripts.mjs';

const { duration, report } = from(['live/report.js'], ['duration', 'report']);

const connected = state => ({ state, since: 0, isConnected: true, wasConnected: true, isMissing: false, wasThere: true });
const running = (...activities) => connected({ phase: 'running', cells: 9, activities });

test('a time is told in the two units that matter', () => {
  assert.deepEqual([0, 59.9, 60, 3599, 3600, 86399].map(duration),
    ['0 s', '59 s', '1 min 00 s', '59 min 59 s', '1 h 00 min', '23 h 59 min']);
});

test('a page says whether it is connected, up to date or failed', () => {
  const lost = { ...connected(null), isConnected: false };
  assert.match(report(lost, 0).steady, /has ended/);
  assert.equal(report({ ...lost, wasConnected: false }, 0).steady, 'connecting …');
  assert.deepEqual(report(connected(null), 0), { light: 'good', steady: 'up to date' });
  assert.equal(report(connected({ phase: 'failed', firstError: 3 }), 0).steady, 'failed: cell 3');
  assert.equal(report(connected({ phase: 'failed' }), 0).light, 'failed');
});

test('a page that is not there offers the way back, until its notebook runs', () => {
  const missing = { ...connected({ phase: 'upToDate' }), isMissing: true };
  assert.match(report(missing, 0).steady, /no longer in the book/);
  assert.match(report({ ...missing, wasThere: false }, 0).steady, /is not in the book/);
  assert.equal(report({ ...running(), isMissing: true }, 0).light, 'busy');
});

test('the cell that runs comes before the one that compiles, with its time, progress and who waits', () => {
  const compiling = { kind: 'compiling', cell: 4, seconds: 2 };
  const runs = { kind: 'running', cell: 3, seconds: 61, progress: 'epoch 2' };
  const waits = { kind: 'waiting', cell: 5 };
  assert.deepEqual(report(running(compiling, runs, waits), 2000),
    { light: 'busy', steady: 'running cell 3 of 9', passing: ['1 min 03 s', 'epoch 2', '1 cell waits'] });
  assert.deepEqual(report(running(compiling), 0), { light: 'busy', steady: 'compiling cell 4 of 9', passing: ['2 s'] });
  assert.equal(report(running(waits, waits), 0).steady, '2 cells wait');
  assert.equal(report(running(), 0).steady, 'running');
});
