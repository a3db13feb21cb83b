/**
 * `npm run docs:picture`: runs the sample on a small tree with one file that is no text, and draws what the terminal
 * then shows, from the slowest trace to the metrics, as `docs/images/terminal.svg`. Figures differ from run to run.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './project-files.js';
import { terminalPicture } from './terminal-picture.js';

const columns = 100;
const tree = 'my-project';

/** What the sample writes about a tree made of parts of its own. */
function outputOfSample(): string {
  const away = mkdtempSync(join(tmpdir(), 'spandrel-picture-'));
  try {
    const project = join(away, tree);
    for (const part of ['query', 'tree'])
      cpSync(join(root, 'samples/parseltongue', part), join(project, part), { recursive: true });
    mkdirSync(join(project, 'images'));
    writeFileSync(join(project, 'images', 'logo.js'), Buffer.alloc(64));
    writeFileSync(join(away, 'answers.json'), '{ "answers": [] }');
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
    const sample = join(root, 'samples/parseltongue/main.ts');
    const told = ['--import', loader, sample, tree, '--traces', '1', '--answers', join(away, 'answers.json')];
    const { stdout, stderr } = spawnSync(process.execPath, told, {
      cwd: away,
      encoding: 'utf8',
      env: {
        ...process.env,
        FORCE_COLOR: '1',
        COLUMNS: String(columns),
        TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
      },
    });
    if (!stdout.includes('trace ')) throw new Error(`the sample drew no trace: ${stderr}`);
    return stdout;
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}

/** From the trace to the end of the metrics. */
function worthShowing(output: string): string {
  const lines = output.split('\n');
  const plain = lines.map((line) => stripVTControlCharacters(line));
  const begin = plain.findIndex((line) => line.startsWith('trace '));
  const end = plain.findIndex((line) => line.startsWith('What telemetry cost'));
  return lines
    .slice(begin, end < 0 ? undefined : end)
    .join('\n')
    .trimEnd();
}

const shown = `$ npm start -- ${tree} --traces 1\n\n${worthShowing(outputOfSample())}`;
const title =
  'A trace of the sample as a tree with durations and bars, a failed span in red, and its metrics as tables';
writeFileSync(join(root, 'docs/images/terminal.svg'), terminalPicture(shown, columns, title));
