/**
 * Two versions of the package in one process, as when a library brings its own: that one lies in the library's folder, with
 * an OpenTelemetry API of its own. The tarball is given on the command line.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as ours from 'spandrel';
import { agree } from './copies-agree.mjs';

const [tarball] = process.argv.slice(2) as [string];
const library = 'node_modules/library';
const own = `${library}/node_modules/spandrel`;

mkdirSync(own, { recursive: true });
execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', own]);
cpSync('node_modules/@opentelemetry/api', `${library}/node_modules/@opentelemetry/api`, { recursive: true });
const description = JSON.parse(readFileSync(`${own}/package.json`, 'utf8'));
writeFileSync(`${own}/package.json`, JSON.stringify({ ...description, version: '0.999.0' }));
writeFileSync(
  `${library}/package.json`,
  JSON.stringify({ name: 'library', version: '1.0.0', type: 'module', main: 'index.js' }),
);
writeFileSync(`${library}/index.js`, "export * from 'spandrel';\n");

// @ts-expect-error: made just now
const theirs = (await import('library')) as typeof ours;
const require = createRequire(import.meta.url);
assert.equal(require('spandrel/package.json').version, description.version);
assert.equal(createRequire(require.resolve('library'))('spandrel/package.json').version, '0.999.0');
await agree(ours, theirs);
await agree(require('spandrel'), theirs);
