/**
 * `docs/compatibility.md`, as the toolchains were seen to behave. The words around the table are written here.
 */
const columns = [
  ['standard', 'esm'],
  ['standard', 'cjs'],
  ['legacy', 'esm'],
  ['legacy', 'cjs'],
];

export function pageOf(results) {
  const names = [...new Set(results.map(({ name }) => name))];
  const rows = names.map((name) => [name, ...columns.map(([dialect, system]) => cell(results, name, dialect, system))]);
  return `# Compatibility

This page is written by \`npm run test:toolchains -- --write\`, and the same run without \`--write\` fails where the page and what it saw differ.

One program has all annotations on methods of all kinds: async, generators, statics, symbols, private, inherited, failing. Each toolchain compiles it, in both
[dialects](guide/dialects.md) and for both module systems, in a project of its own that has Spandrel as \`npm pack\` gives it. The program is run by Node
${process.versions.node.split('.')[0]}, and prints every span with its place in the tree, every sum, and every log record. _The same_ is: equal to all the others, to the last attribute.

${tableOf([['Toolchain', 'Standard, ES modules', 'Standard, CommonJS', 'Legacy, ES modules', 'Legacy, CommonJS'], ...rows])}

## What the toolchains need

- **tsc**: nothing for standard decorators; \`"experimentalDecorators": true\` for legacy ones.
- **esbuild**: a \`target\` below \`esnext\`, such as \`es2022\`, since Node does not run decorators yet. It reads \`experimentalDecorators\` from \`tsconfig.json\`. Bundled: Spandrel lies in the bundle, OpenTelemetry
  outside of it.
- **swc**: for standard decorators \`jsc.parser.decorators: true\` and \`jsc.transform.decoratorVersion: "2023-11"\`; for legacy ones \`jsc.transform.legacyDecorator: true\`.
  Without a \`decoratorVersion\` swc compiles decorators the legacy way, and drops those of \`#private\` members without a word. \`"2022-03"\` gives decorators the metadata object they need as well.
- **rollup**: the JavaScript of another toolchain, here of tsc, and \`@rollup/plugin-node-resolve\`. OpenTelemetry lies outside of the bundle.
- **webpack**: the JavaScript of another toolchain, here of tsc, and \`target: 'node20'\` or newer. OpenTelemetry lies outside of the bundle. Its minifier has to be told to keep names.

Minifiers that shorten the names of classes shorten the names of spans: have them kept, or name the spans.
`;
}

function cell(results, ...[name, dialect, system]) {
  const found = results.find((one) => one.name === name && one.dialect === dialect && one.system === system);
  if (found === undefined) return '–';
  return found.same ? 'the same' : 'differs';
}

function tableOf([head, ...rows]) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) => `| ${row.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}
