/**
 * What the documents show compiles, what they link to is there, and the commands they name exist.
 */
import { posix } from 'node:path';
import { compileBlocks, hasDecorators, isStandardOnly } from './compile-blocks.js';
import { anchorsOf, blocksOf, documents, linksOf } from './documents.js';
import { isThere, packageFile, textOf } from './project-files.js';
import { referencePagePath } from './reference-page.js';

const blocks = documents().flatMap(blocksOf);
/** Its signatures are those of `lib/`, without what they import: `reference.spec.ts` holds them against the source. */
const isSignature = ({ document }: { document: string }): boolean => document === referencePagePath;
const typescript = blocks.filter((block) => /^(ts|typescript)$/.test(block.language) && !isSignature(block));

describe('code blocks', () => {
  test('say what language they are in, and no more: every block of TypeScript is compiled', () => {
    const known = /^(ts|js|json|bash|sh|yaml|text|diff|html|mermaid)$/;
    expect(
      blocks.filter(({ language }) => !known.test(language)).map(({ document, line }) => [document, line]),
    ).toEqual([]);
  });

  test('compile', () => {
    expect(compileBlocks(typescript, 'standard')).toEqual([]);
  }, 60_000);

  test('compile with experimentalDecorators too', () => {
    // Blocks without decorators come along where one with decorators imports them.
    const dual = new Set(typescript.filter(hasDecorators).map(({ document }) => document));
    const both = typescript.filter((block) => dual.has(block.document) && !isStandardOnly(block));
    expect(compileBlocks(both, 'legacy')).toEqual([]);
  }, 60_000);
});

describe.each(documents())('%s', (document) => {
  test('links to what is there', () => {
    const broken = linksOf(document).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : posix.join(posix.dirname(document), decodeURI(path));
      if (!isThere(target)) return true;
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const named = [...textOf(document).matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(start|test)\b)/g)];
    const { scripts } = packageFile();
    expect(named.map(([, run, short]) => run ?? short).filter((name) => !(String(name) in scripts))).toEqual([]);
  });
});
