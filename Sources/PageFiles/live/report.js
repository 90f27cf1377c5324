// How a notebook stands, in words.

const duration = seconds => {
  const whole = Math.floor(seconds);
  const two = number => String(number).padStart(2, '0');
  return whole < 60 ? whole + ' s' : whole < 3600 ? Math.floor(whole / 60) + ' min ' + two(whole % 60) + ' s'
    : Math.floor(whole / 3600) + ' h ' + two(Math.floor(whole / 60) % 60) + ' min';
};
const cellCount = count => count === 1 ? '1 cell waits' : count + ' cells wait';

// How the notebook stands: a light's colour, words, and what of them does not change by itself.
const report = (situation, now) => {
  if (!situation.isConnected) {
    return situation.wasConnected
      ? { light: 'gone', steady: 'kdbook watch has ended; this page no longer changes.' }
      : { light: 'gone', steady: 'connecting …' };
  }
  const state = situation.state;
  // A page that is new comes when its notebook has run.
  if (situation.isMissing && state?.phase !== 'running') {
    return { light: 'failed', link: true, steady: situation.wasThere
      ? 'This page is no longer in the book; it shows what it was. ' : 'This page is not in the book. ' };
  }
  if (!state || state.phase === 'upToDate') return { light: 'good', steady: 'up to date' };
  if (state.phase === 'failed') {
    return { light: 'failed', steady: state.firstError ? 'failed: cell ' + state.firstError : 'failed' };
  }
  const waiting = state.activities.filter(({ kind }) => kind === 'waiting').length;
  const atWork = state.activities.filter(({ kind }) => kind !== 'waiting');
  const active = atWork.find(({ kind }) => kind === 'running') ?? atWork[0];
  if (!active) return { light: 'busy', steady: waiting ? cellCount(waiting) : 'running' };
  const steady = active.kind + ' cell ' + active.cell + (state.cells ? ' of ' + state.cells : '');
  const passing = [elapsed(active, situation.since, now), active.progress, waiting ? cellCount(waiting) : ''].filter(part => part);
  return { light: 'busy', steady, passing };
};
const elapsed = ({ seconds }, since, now) => {
  const total = seconds + (now - since) / 1000;
  return total >= 1 ? duration(total) : '';
};
