/**
 * Makes few files of a build of `lib` in ES modules, and gives it one door to each side of OpenTelemetry: Node loads the
 * package in half the time that way. A file of an ES module costs Node a walk of its own; and of every CommonJS package that
 * an ES module names, Node reads the source through to find the names it exports. A door is CommonJS: it has
 * the packages by `require`, which does no such thing, and hands out exactly the names that are asked for.
 *
 *     node .ci/bundle.mjs dist/esm
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { doors } from './doors.mjs';

const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Nothing but names: those that are used are written into the bundle, and the package is not loaded for them. */
const inlined = '@opentelemetry/semantic-conventions';

/** What a program may load that has annotations and no telemetry, and the rest. */
const api = ['@opentelemetry/api', '@opentelemetry/api-logs'];

/** Loaded for what it does: a call says so to other bundlers, which drop the import of a file that is only loaded. */
const effect = 'reflect-metadata';

/** The modules of `folder` in one file for each of `entries`, and one for each part that several of them share. */
export async function bundle(folder, entries) {
  const { outputFiles } = await build({
    entryPoints: entries.map((entry) => ({ in: join(folder, `${entry}.js`), out: entry })),
    outdir: folder,
    external: Object.keys(dependencies).filter((name) => name !== inlined),
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    // An ES module has it under another name: optional packages are looked for from there.
    define: { __filename: 'import.meta.filename' },
    chunkNames: 'shared-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });
  const doors = new Doors(folder);
  const texts = outputFiles.map(({ path, text }) => ({
    path,
    text: doors.instead(path, withConstants(withOwnNames(text))),
  }));
  for (const file of readdirSync(folder, { recursive: true })) if (file.endsWith('.js')) rmSync(join(folder, file));
  for (const { path, text } of [...texts, ...doors.files()]) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/**
 * A class that names itself is given a second name by esbuild, and would be called so in reports. Its `keepNames` is no
 * way out: it names every function anew as often as it is made, in the middle of the program's calls.
 */
function withOwnNames(text) {
  const renamed = [...text.matchAll(/^var (\w+) = class _\1\b/gm)].map(([, name]) => name);
  return renamed.reduce((given, name) => given.replaceAll(new RegExp(`\\b_${name}\\b`, 'g'), name), text);
}

/**
 * At the top of a file esbuild makes a `var` of each `const` and class, so that none is used too early: no module here is,
 * since none is in a circle. V8 reads a constant faster, in every call.
 */
function withConstants(text) {
  const parsed = ts.createSourceFile('bundle.js', text, ts.ScriptTarget.ES2022, true);
  const written = new Set();
  const write = (target) => {
    if (ts.isIdentifier(target)) written.add(target.text);
    // `[a, b] = …`: more names than are written, which does no harm.
    else if (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target)) {
      for (const [name] of target.getText().matchAll(/[\w$]+/g)) written.add(name);
    }
  };
  const look = (node) => {
    if (ts.isBinaryExpression(node) && ts.isAssignmentOperator(node.operatorToken.kind)) write(node.left);
    if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) write(node.operand);
    if (ts.isForOfStatement(node) || ts.isForInStatement(node)) write(node.initializer);
    ts.forEachChild(node, look);
  };
  look(parsed);
  const constant = ({ declarationList }) =>
    declarationList.declarations.every(({ name, initializer }) => initializer !== undefined && !written.has(name.text));
  return parsed.statements
    .filter((node) => ts.isVariableStatement(node) && node.getText().startsWith('var ') && constant(node))
    .reduceRight((given, node) => {
      const at = node.getStart();
      return `${given.slice(0, at)}const${given.slice(at + 'var'.length)}`;
    }, text);
}

class Doors {
  #folder;
  /** Names, and what they are called at the door, by package, by door. */
  #wanted = new Map();

  constructor(folder) {
    this.#folder = resolve(folder);
  }

  /** The text of a file with its imports of packages led to the doors. */
  instead(path, text) {
    const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    const changes = parsed.statements.filter(ts.isImportDeclaration).map((node) => this.#change(path, node));
    return changes.reverse().reduce((changed, change) => (change === undefined ? changed : change(changed)), text);
  }

  #change(path, node) {
    const { text: name } = node.moduleSpecifier;
    if (!Object.hasOwn(dependencies, name)) return undefined;
    const door = this.#doorOf(name);
    const at = `./${relative(dirname(resolve(path)), door)}`;
    const replaced = (written) => (text) => text.slice(0, node.getStart()) + written + text.slice(node.getEnd());
    if (name === effect) return replaced(`import { load as loadFor } from '${at}';\nloadFor();`);
    const names = this.#namesFrom(door, name);
    const wanted = node.importClause.namedBindings.elements.map((element) => {
      const exported = (element.propertyName ?? element.name).text;
      names.set(exported, names.get(exported) ?? this.#nameAt(door, name, exported));
      return `${names.get(exported)} as ${element.name.text}`;
    });
    return replaced(`import { ${wanted.join(', ')} } from '${at}';`);
  }

  /** Two packages may export different things by one name: the second goes by its package, too. */
  #nameAt(door, from, exported) {
    const taken = [...this.#wanted.get(door)].some(([name, names]) => name !== from && names.has(exported));
    return taken ? `${exported}_of_${from.replaceAll(/\W+/g, '_')}` : exported;
  }

  #doorOf(name) {
    if (name === effect) return join(this.#folder, 'reflect-metadata.cjs');
    return join(this.#folder, api.includes(name) ? 'opentelemetry-api.cjs' : 'opentelemetry-sdk.cjs');
  }

  #namesFrom(door, name) {
    const packages = this.#wanted.get(door) ?? new Map();
    const names = packages.get(name) ?? new Map();
    this.#wanted.set(door, packages.set(name, names));
    return names;
  }

  files() {
    const files = [...this.#wanted].map(([path, packages]) => ({ path, text: doorTo(packages) }));
    const load = `'use strict';\nexports.load = () => void require('${effect}');\n`;
    return [...files, { path: this.#doorOf(effect), text: load }];
  }
}

/** Written so that Node sees the names without running it. */
function doorTo(packages) {
  const lines = [...packages].flatMap(([name, names], index) => [
    `const from${index} = require('${name}');`,
    ...[...names].sort().map(([exported, as]) => `exports.${as} = from${index}.${exported};`),
  ]);
  return `'use strict';\n${lines.join('\n')}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundle(process.argv[2], Object.values(doors));
}
