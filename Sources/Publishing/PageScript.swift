import Digest
import Foundation

/// The one script on the pages: the search box, and the button that hides all code. Without it both are missing.
///
/// The search page has what can be found as JSON in itself, because a page that was opened from disk can fetch nothing.
/// Words are compared without case and accents. A word is found where a word begins with it; in scripts that write no
/// spaces, anywhere. A section is found where all words are.
let pageScript = """
    (() => {
      'use strict';
      const form = document.querySelector('form.search');
      const box = form.querySelector('input');
      form.hidden = false;

      const button = document.querySelector('button.code');
      if (button) {
        button.hidden = false;
        button.addEventListener('click', () => {
          const hidden = document.documentElement.classList.toggle('without-code');
          button.textContent = hidden ? 'Show code' : 'Hide code';
          for (const fold of document.querySelectorAll('details.fold')) fold.open = !hidden;
        });
      }

      document.addEventListener('keydown', event => {
        if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
        if (event.target.closest('input, textarea, select')) return;
        event.preventDefault();
        box.focus();
        box.select();
      });

      form.addEventListener('submit', event => {
        event.preventDefault();
        const first = document.querySelector('.results a');
        if (first) first.click();
        else if (box.value.trim()) location.href = form.dataset.page + '#' + encodeURIComponent(box.value.trim());
      });

      document.addEventListener('DOMContentLoaded', () => {
        const data = document.getElementById('search-index');
        if (data) search(JSON.parse(data.textContent));
      });

      // Every character keeps its place, so that a hit can be marked in the text as it is written.
      const folded = text => {
        let result = '';
        for (const character of text) {
          const plain = character.normalize('NFD').replace(/\\p{M}/gu, '').toLowerCase();
          result += plain.length === character.length ? plain : character;
        }
        return result;
      };

      const letter = /[\\p{L}\\p{N}]/u;
      const dense = /[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Hangul}\\p{sc=Thai}]/u;
      const beginsWord = (text, at) => {
        const before = at > 0 ? text[at - 1] : ' ';
        return !letter.test(before) || dense.test(before) || dense.test(text[at])
          || /\\p{Ll}/u.test(before) && /\\p{Lu}/u.test(text[at]);
      };
      const places = (passage, word) => {
        const found = [];
        for (let at = passage.folded.indexOf(word); at >= 0; at = passage.folded.indexOf(word, at + 1)) {
          if (beginsWord(passage.text, at)) found.push(at);
        }
        return found;
      };

      const weights = { title: 8, heading: 6, caption: 4, prose: 3, output: 2, code: 1 };
      const search = pages => {
        const sections = pages.flatMap(page => page.sections.map(section => {
          const passages = [...section.passages];
          passages.push({ kind: 'title', text: page.title }, { kind: 'heading', text: section.heading });
          for (const passage of passages) passage.folded = folded(passage.text);
          return { page, anchor: section.anchor, heading: section.heading, passages };
        }));

        const found = words => {
          const hits = [];
          for (const section of sections) {
            let score = 0;
            let best = null;
            for (const word of words) {
              let weight = 0;
              for (const passage of section.passages) {
                if (places(passage, word).length > 0) weight = Math.max(weight, weights[passage.kind]);
              }
              if (weight === 0) { score = 0; break; }
              score += weight;
            }
            if (score === 0) continue;
            for (const passage of section.passages) {
              const count = words.filter(word => places(passage, word).length > 0).length;
              const isText = passage.kind !== 'title' && passage.kind !== 'heading';
              if (isText && count > (best ? best.count : 0)) best = { passage, count };
            }
            hits.push({ section, score, passage: best && best.passage });
          }
          // Sorting is stable: equals stay in the book's order.
          return hits.sort((left, right) => right.score - left.score);
        };

        const marked = (element, passage, words, start, end) => {
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
            element.append(passage.text.slice(at, next.place));
            const mark = document.createElement('mark');
            mark.textContent = passage.text.slice(next.place, next.place + next.length);
            element.append(mark);
            at = next.place + next.length;
          }
          element.append(passage.text.slice(at, Math.max(at, end)));
        };

        const snippet = (passage, words) => {
          const first = Math.min(...words.flatMap(word => places(passage, word)));
          let start = Math.max(0, first - 60);
          if (start > 0) start = Math.min(first, passage.text.indexOf(' ', start) + 1 || first);
          const end = Math.min(passage.text.length, start + 220);
          const line = document.createElement('p');
          if (start > 0) line.append('… ');
          marked(line, passage, words, start, end);
          if (end < passage.text.length) line.append(' …');
          return line;
        };

        const results = document.querySelector('.results');
        const status = document.querySelector('.status');
        const hint = status.textContent;
        const show = () => {
          const words = folded(box.value.normalize('NFC')).split(/\\s+/).filter(word => word);
          const hits = words.length ? found(words) : [];
          const shown = hits.slice(0, 50);
          results.replaceChildren(...shown.map(({ section, passage }) => {
            const item = document.createElement('li');
            const link = document.createElement('a');
            link.href = section.page.name + '/index.html' + (section.anchor ? '#' + encodeURIComponent(section.anchor) : '');
            const title = { text: section.page.title, folded: folded(section.page.title) };
            marked(link, title, words, 0, title.text.length);
            if (section.heading) {
              link.append(' › ');
              const heading = { text: section.heading, folded: folded(section.heading) };
              marked(link, heading, words, 0, heading.text.length);
            }
            item.append(link);
            if (passage) item.append(snippet(passage, words));
            return item;
          }));
          const places = hits.length === 1 ? '1 section' : hits.length + ' sections';
          status.textContent = !words.length ? hint
            : !hits.length ? 'Nothing on these pages has all of this.'
            : shown.length < hits.length ? 'The first ' + shown.length + ' of ' + places : places;
          history.replaceState(null, '', '#' + encodeURIComponent(box.value));
        };

        const readAddress = () => {
          try { box.value = decodeURIComponent(location.hash.slice(1)); } catch { box.value = ''; }
          show();
        };
        box.addEventListener('input', show);
        addEventListener('hashchange', readAddress);
        document.addEventListener('keydown', event => {
          const links = [...results.querySelectorAll('a')];
          const at = links.indexOf(document.activeElement);
          if (event.key === 'Escape') box.focus();
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          if (at < 0 && document.activeElement !== box) return;
          const next = at + (event.key === 'ArrowDown' ? 1 : -1);
          if (next >= links.length) return;
          event.preventDefault();
          (next < 0 ? box : links[next]).focus();
        });
        readAddress();
        box.focus();
      };
    })();
    """

/// The pages' Content-Security-Policy: a notebook, and what its cells show, may come from a stranger.
///
/// Nothing is loaded but pictures that lie beside the page; of scripts and style sheets the page has its own alone,
/// known by their digests.
let contentSecurityPolicy = [
    "default-src 'none'", "img-src 'self' data:", "style-src-attr 'unsafe-inline'",
    "style-src \(digestSource(stylesheet))", "script-src \(digestSource(pageScript))", "base-uri 'none'",
    "form-action 'none'",
].joined(separator: "; ")

/// An inline element's text as a policy names it (Content Security Policy Level 3, 2.3.1).
private func digestSource(_ text: String) -> String {
    let digits = Array(SHA256Digest(of: "\n\(text)\n".utf8).description.utf8)
    let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
        UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    return "'sha256-\(Data(bytes).base64EncodedString())'"
}
