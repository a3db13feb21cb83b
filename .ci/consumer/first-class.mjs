/**
 * The README's first class, as a newcomer would type it: taken from the packed README, compiled with the settings shown
 * there in both dialects and both module systems, run, and its output held against the one shown. Figures differ.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const [compiler] = process.argv.slice(2);
const readme = readFileSync('node_modules/spandrel/README.md', 'utf8');

/** The code blocks of a language, in the order of the page. */
function blocks(language) {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, code]) => code);
}

const [source] = blocks('ts');
const [standard, legacy] = blocks('json').map((code) => JSON.parse(code));
const [shown] = blocks('text');

/** What is the same in every run: names, order, marks; not ids, times, bars or paths. */
function skeleton(text) {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/^\d\d:\d\d:\d\d\.\d{3}/, 'CLOCK')
        .replace(/\b([0-9a-f]{32}|[0-9a-f]{8})\b/g, 'ID')
        .replace(/\s[▏▎▍▌▋▊▉█▐▕][\s▏▎▍▌▋▊▉█▐▕]*$/, '')
        .replace(/at \S+shop\.ts:\d+:\d+/, 'at shop.ts')
        .replace(/[\d.]+ (s|ms|µs)\b/g, 'TIME')
        .replace(/[ ─]{2,}/g, '  ')
        .trimEnd(),
    )
    .filter((line) => line !== '');
}

for (const type of ['module', 'commonjs']) {
  for (const extra of [{}, legacy.compilerOptions]) {
    const folder = `first-class-${type}-${Object.keys(extra).length}`;
    execFileSync('mkdir', ['-p', folder]);
    writeFileSync(`${folder}/package.json`, JSON.stringify({ type }));
    writeFileSync(`${folder}/shop.ts`, source);
    const compilerOptions = { ...standard.compilerOptions, ...extra };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ ...standard, compilerOptions }));
    execFileSync(compiler, ['-p', folder], { stdio: 'inherit' });
    const told = execFileSync('node', ['--enable-source-maps', 'dist/shop.js'], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, COLUMNS: '80', NO_COLOR: '1' },
    });
    assert.deepEqual(skeleton(told), skeleton(shown), folder);
  }
}
console.log('the first class of the README works in both dialects and both module systems');
