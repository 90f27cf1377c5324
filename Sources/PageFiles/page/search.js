// What can be found on the pages, without a page: sections of passages, each with its text and its folded text.
//
// Words are compared without case and accents. A word is found where a word begins with it; in scripts that write no
// spaces, anywhere. A section is found where all words are.

// Every character keeps its place, so that a hit can be marked in the text as it is written.
const folded = text => {
  let result = '';
  for (const character of text) {
    const plain = character.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    result += plain.length === character.length ? plain : character;
  }
  return result;
};
const wordsOf = query => folded(query.normalize('NFC')).split(/\s+/).filter(word => word);

const letter = /[\p{L}\p{N}]/u;
const dense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u;
const beginsWord = (text, at) => {
  const before = at > 0 ? text[at - 1] : ' ';
  return !letter.test(before) || dense.test(before) || dense.test(text[at])
    || /\p{Ll}/u.test(before) && /\p{Lu}/u.test(text[at]);
};
const places = (passage, word) => {
  const found = [];
  for (let at = passage.folded.indexOf(word); at >= 0; at = passage.folded.indexOf(word, at + 1)) {
    if (beginsWord(passage.text, at)) found.push(at);
  }
  return found;
};

const passageOf = (kind, text) => ({ kind, text, folded: folded(text) });
const sectionsOf = pages => pages.flatMap(page => page.sections.map(section => ({
  page, anchor: section.anchor, title: passageOf('title', page.title), heading: passageOf('heading', section.heading),
  passages: section.passages.map(({ kind, text }) => passageOf(kind, text)),
})));

const weights = { title: 8, heading: 6, caption: 4, prose: 3, output: 2, code: 1 };
const score = (section, words) => {
  let sum = 0;
  for (const word of words) {
    const hit = [...section.passages, section.title, section.heading].filter(passage => places(passage, word).length > 0);
    if (!hit.length) return 0;
    sum += Math.max(...hit.map(passage => weights[passage.kind]));
  }
  return sum;
};

// The sections in which all words are, the best first, each with the passage that has most of them.
const hitsOf = (sections, words) => {
  if (!words.length) return [];
  const hits = [];
  for (const section of sections) {
    const sum = score(section, words);
    if (sum === 0) continue;
    const counts = section.passages.map(passage => words.filter(word => places(passage, word).length > 0).length);
    const most = Math.max(0, ...counts);
    hits.push({ section, score: sum, passage: most ? section.passages[counts.indexOf(most)] : null });
  }
  // Sorting is stable: equals stay in the book's order.
  return hits.sort((left, right) => right.score - left.score);
};

// A stretch of a passage in pieces: those that are words looked for, and those between.
const piecesOf = (passage, words, start = 0, end = passage.text.length) => {
  const pieces = [];
  const add = (from, to, isHit) => { if (from < to) pieces.push({ text: passage.text.slice(from, to), isHit }); };
  let at = start;
  while (at < end) {
    let next = null;
    for (const word of words) {
      const place = places(passage, word).find(place => place >= at && place < end);
      if (place === undefined) continue;
      if (!next || place < next.place || place === next.place && word.length > next.length) {
        next = { place, length: word.length };
      }
    }
    if (!next) break;
    add(at, next.place, false);
    add(next.place, next.place + next.length, true);
    at = next.place + next.length;
  }
  add(at, end, false);
  return pieces;
};

// The stretch of a passage that shows the first of the words, from a word's beginning.
const excerptOf = (passage, words) => {
  const first = Math.min(...words.flatMap(word => places(passage, word)));
  let start = Math.max(0, first - 60);
  if (start > 0) start = Math.min(first, passage.text.indexOf(' ', start) + 1 || first);
  return { start, end: Math.min(passage.text.length, start + 220) };
};
