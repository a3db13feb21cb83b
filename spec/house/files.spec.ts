/**
 * Files are small, named after what they hold, and open with what they are for.
 */
import ts from 'typescript';
import { importsOf, packageOf } from './imports.js';
import { filesIn, repositoryFiles, textOf } from './project-files.js';
import { syntaxOf } from './syntax.js';

const lib = filesIn('lib', '.ts');
const samples = filesIn('samples', '.ts');
const spec = filesIn('spec', '.ts');
const ours = [...lib, ...samples, ...spec];

const linesOf = (path: string): number => textOf(path).split('\n').length - 1;

describe('size', () => {
  const most = 250;

  test(`no file has more than ${most} lines`, () => {
    expect(ours.filter((path) => linesOf(path) > most).map((path) => `${path}: ${linesOf(path)}`)).toEqual([]);
  });

  test('half of the files in lib have at most 120 lines', () => {
    const sizes = lib.map(linesOf).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(120);
  });
});

describe('names', () => {
  const parts = ours.flatMap((path) => path.split('/').map((part) => ({ path, part })));

  test('are kebab-case', () => {
    const form = /^[a-z0-9]+(-[a-z0-9]+)*(\.(spec|d))?(\.ts)?$/;
    expect(parts.filter(({ part }) => !form.test(part)).map(({ path }) => path)).toEqual([]);
  });

  test('say what is inside: no catch-all', () => {
    const catchAll = /^(utils?|helpers?|common|misc|types?|managers?)(\.spec)?(\.ts)?$|-(utils?|helpers?|manager)\.ts$/;
    // `spec/types` is about types; a folder or file of that name elsewhere would be a heap of them.
    const named = parts.filter(({ path }) => !path.startsWith('spec/types/'));
    expect(named.filter(({ part }) => catchAll.test(part)).map(({ path }) => path)).toEqual([]);
  });
});

test('every file opens with a comment', () => {
  const opening = (path: string): boolean => {
    const [first] = ts.getLeadingCommentRanges(textOf(path), ts.getShebang(textOf(path))?.length ?? 0) ?? [];
    return first !== undefined && /\w+ \w+/.test(textOf(path).slice(first.pos, first.end));
  };
  expect(ours.filter((path) => !opening(path))).toEqual([]);
});

describe('the sample', () => {
  const imports = filesIn('samples/parseltongue', '.ts').flatMap(importsOf);
  const placed = ({ place, specifier }: { place: string; specifier: string }): string =>
    `${place} imports ${specifier}`;

  test('imports no OpenTelemetry: its classes hold annotations only', () => {
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter(({ specifier }) => packageOf(specifier).startsWith('@opentelemetry')).map(placed)).toEqual(
      [],
    );
  });

  test('takes spandrel as its users do, by its name', () => {
    expect(imports.filter(({ target }) => target?.startsWith('lib/')).map(placed)).toEqual([]);
  });
});

describe('the repository', () => {
  const text = repositoryFiles().filter((path) => !/\.(png|jpe?g|gif|ico|webp|woff2?|tgz|gz|zip)$/.test(path));
  const holding = (pattern: RegExp): string[] =>
    text.flatMap((path) => {
      const lines = textOf(path).split('\n');
      return lines.flatMap((line, at) => (pattern.test(line) ? [`${path}:${at + 1}`] : []));
    });

  test('is listed', () => {
    expect(text).toEqual(expect.arrayContaining(['package.json', 'lib/index.ts', 'LICENSE']));
  });

  test('names no folder of somebody’s machine', () => {
    // `/home/me/…` is nobody's: examples of stacks and paths are written with it.
    expect(
      holding(/(^|[^\w.}])\/((home|Users)\/(?!me\b)\w|root\/|work\/|workspaces?\/)|\b[A-Z]:\\+Users\\+(?!\\|me\b)/),
    ).toEqual([]);
  });

  test('holds no secret', () => {
    const secrets = [
      /\bAKIA[0-9A-Z]{16}\b/,
      /\bgh[pousr]_[A-Za-z0-9]{36}/,
      /\bnpm_[A-Za-z0-9]{36}\b/,
      /\bxox[abprs]-[\w-]{10,}/,
      /\bAIza[\w-]{35}\b/,
      /\bsk-(ant-|proj-)?[\w-]{32,}/,
      /-----BEGIN [A-Z ]*PRIVATE KEY-----\s*$/,
      /_authToken\s*=\s*\S/,
    ];
    expect(secrets.flatMap(holding)).toEqual([]);
  });
});

test('syntax trees are read without errors', () => {
  const broken = ours.filter((path) => {
    const { parseDiagnostics } = syntaxOf(path) as ts.SourceFile & { readonly parseDiagnostics: readonly unknown[] };
    return parseDiagnostics.length > 0;
  });
  expect(broken).toEqual([]);
});
