// Which things of the code an answer names: what stands between backticks and is nothing but a name, such as `parse`,
// `Parser.parse()`, `lib/parser.js` or `@scope/package`. Other code between backticks, `a + b` say, names nothing by itself.

import { languageOf } from '../tree/language.js';

const SYMBOL = /^#?[\p{L}_$][\p{L}\p{N}_$]*(\.#?[\p{L}_$][\p{L}\p{N}_$]*)*$/u;
const PACKAGE = /^@[\w.-]+\/[\w.-]+$/;
const PATH = /^[\w@.-]+(\/[\w@.-]+)*$/;

export interface NamedThing {
  readonly name: string;
  readonly kind: 'symbol' | 'file' | 'package';
}

export function namedThings(answer: string): NamedThing[] {
  const things = new Map<string, NamedThing>();
  for (const [, quoted = ''] of answer.matchAll(/`([^`\n]+)`/g)) {
    const name = quoted.trim().replace(/\(\)$/, '');
    const kind = kindOf(name);
    if (kind) things.set(name, { name, kind });
  }
  return [...things.values()];
}

function kindOf(name: string): NamedThing['kind'] | undefined {
  if (PACKAGE.test(name)) return 'package';
  if (PATH.test(name) && languageOf(name)) return 'file';
  return SYMBOL.test(name) ? 'symbol' : undefined;
}
