/**
 * `npm run test:toolchains`: one program, compiled by every toolchain in both dialects for both module systems, in a project
 * outside the clone that has the package as `npm pack` gives it. Each is run and must tell the same. The page of
 * compatibility must say what was seen; `--write` writes it, and what the program tells (`expected.json`).
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { pageOf } from './compatibility-page.mjs';
import { ScratchProject } from './scratch-project.mjs';
import { toolchains } from './toolchains.mjs';

const run = promisify(execFile);
const write = process.argv.includes('--write');
const expectedFile = new URL('./expected.json', import.meta.url);
const page = new URL('../../docs/compatibility.md', import.meta.url);

const project = new ScratchProject();
const results = [];
try {
  await project.install();
  console.log(`installed after ${seconds()} s`);
  for (const { name, build, dialects = ['standard', 'legacy'] } of toolchains) {
    for (const dialect of dialects) {
      for (const system of ['esm', 'cjs'])
        results.push({ name, dialect, system, ...(await attempt(build, dialect, system)) });
    }
  }
} finally {
  project.remove();
}

/** What the program told, or what went wrong. */
async function attempt(build, dialect, system) {
  const folder = project.folderFor(`${results.length}`, dialect, system);
  try {
    const file = await build({ project, folder, dialect, system });
    const { stdout } = await run(process.execPath, [file], { cwd: folder, timeout: 30_000 });
    return { told: JSON.parse(stdout) };
  } catch (error) {
    return { failure: String(error.stderr || error.message).replaceAll(folder, basename(folder)) };
  }
}

function seconds() {
  return (performance.now() / 1000).toFixed(0);
}

if (write) writeFileSync(expectedFile, `${JSON.stringify(results[0].told, null, 2)}\n`);
const expected = JSON.parse(readFileSync(expectedFile, 'utf8'));
for (const result of results) {
  const { name, dialect, system, told, failure } = result;
  result.same = true;
  try {
    if (failure !== undefined) throw new Error(failure);
    assert.deepEqual(told, expected);
  } catch (error) {
    result.same = false;
    console.error(`${name}, ${dialect}, ${system}:\n${error.message}\n`);
  }
  console.log(`${result.same ? 'same' : 'DIFFERS'}: ${name}, ${dialect}, ${system}`);
}

const seen = pageOf(results);
if (write) writeFileSync(page, seen);
const said = readFileSync(page, 'utf8');
if (said !== seen)
  console.error('docs/compatibility.md does not say what was seen: npm run test:toolchains -- --write');
const same = results.filter((result) => result.same).length;
console.log(`${same} of ${results.length} tell the same, after ${seconds()} s`);
if (said !== seen || same !== results.length) process.exitCode = 1;
