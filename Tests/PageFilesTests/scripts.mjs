// The pages' scripts have no modules, as they stand in one element: a test reads the files it needs as one function.

import { readFileSync } from 'node:fs';

const folder = new URL('../../Sources/PageFiles/', import.meta.url);

/// What `names` stand for in the scripts, which are read one behind the other.
export const from = (files, names) => {
  const text = files.map(file => readFileSync(new URL(file, folder), 'utf8')).join('\n');
  return new Function(`'use strict';\n${text}\nreturn { ${names.join(', ')} };`)();
};
