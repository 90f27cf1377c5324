import assert from 'node:assert/strict';
import { test } from 'node:test';
import { from } from './scripts.mjs';

const { folded, wordsOf, sectionsOf, hitsOf, piecesOf, excerptOf } = from(
  ['page/search.js'], ['folded', 'wordsOf', 'sectionsOf', 'hitsOf', 'piecesOf', 'excerptOf']);

const page = (title, ...sections) => ({ name: title, title, sections });
const section = (heading, ...passages) => ({
  anchor: heading, heading, passages: passages.map(([kind, text]) => ({ kind, text })),
});
const headingsOf = (pages, query) => hitsOf(sectionsOf(pages), wordsOf(query)).map(hit => hit.section.heading.text);
const finds = (text, query) => headingsOf([page('', section('it', ['prose', text]))], query).length === 1;

test('folding takes case and accents away and leaves every character its place', () => {
  assert.equal(folded('Éclair Ångström'), 'eclair angstrom');
  for (const text of ['İstanbul', 'ﬁx', 'straße', '한국어 Ǆ', 'a\u0301b', '𝒜 x', '']) {
    assert.equal(folded(text).length, text.length, text);
  }
});

test('a word is found where a word begins with it', () => {
  assert(finds('soft labels', 'lab'));
  assert(finds('Soft Labels', 'LABELS'));
  assert(finds('naïve Bayes', 'naive'));
  assert(finds('crossEntropy(x)', 'entropy'));
  assert(finds('x_temperature', 'temperature'));
  assert(!finds('collaborate', 'lab'));
});

test('where no spaces are written, a word is found anywhere', () => {
  assert(finds('知识蒸馏', '蒸馏'));
  assert(finds('蒸留とソフトラベル', 'ソフト'));
});

test('a section is found where all words are, in passages, heading or title', () => {
  const pages = [page('Distillation', section('Temperature', ['prose', 'logits divided']), section('Weights', ['code', 'let x']))];
  assert.deepEqual(headingsOf(pages, 'logits temperature distil'), ['Temperature']);
  assert.deepEqual(headingsOf(pages, 'logits weights'), []);
  assert.deepEqual(headingsOf(pages, '  '), []);
});

test('titles count more than headings, captions, prose, output and code; equals stay in order', () => {
  const kinds = ['code', 'output', 'prose', 'caption'];
  const pages = [page('', ...kinds.map(kind => section(kind, [kind, 'word'])), section('word'), section('again', ['prose', 'word']))];
  assert.deepEqual(headingsOf(pages, 'word'), ['word', 'caption', 'prose', 'again', 'output', 'code']);
});

test('the passage that is shown has most of the words', () => {
  const [hit] = hitsOf(sectionsOf([page('', section('s', ['prose', 'red'], ['code', 'red green'], ['prose', 'green']))]), ['red', 'green']);
  assert.equal(hit.passage.text, 'red green');
  const [inTitle] = hitsOf(sectionsOf([page('red', section('s', ['prose', 'blue']))]), ['red']);
  assert.equal(inTitle.passage, null);
});

const passage = text => ({ text, folded: folded(text) });

test('pieces join to the text, and those that are hits begin with the words', () => {
  const texts = ['The student learns; the teacher teaches.', 'Teach', '', 'knowledge 知识 knowledge', 'naïve'];
  for (const text of texts) {
    for (const words of [['teach'], ['the', 'teacher'], ['知'], ['naive'], ['nothing']]) {
      const pieces = piecesOf(passage(text), words);
      assert.equal(pieces.map(piece => piece.text).join(''), text);
      for (const piece of pieces.filter(piece => piece.isHit)) assert(words.includes(folded(piece.text)));
    }
  }
  assert.deepEqual(piecesOf(passage('the teacher'), ['t', 'teacher']).map(piece => piece.text), ['t', 'he ', 'teacher']);
});

test('an excerpt begins with a word, holds the first hit and is short', () => {
  const text = Array.from({ length: 200 }, (_, number) => 'word' + number).join(' ');
  for (const word of ['word0', 'word50', 'word199']) {
    const { start, end } = excerptOf(passage(text), [word]);
    assert(start === 0 || text[start - 1] === ' ');
    assert(end - start <= 220 && text.slice(start, end).includes(word));
  }
});
