// parseltongue on the command line. The one file that starts telemetry; all others are annotated, and that is all.

import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap, isSpandrelFault } from 'spandrel';
import { analyse } from './analysis/analyse.js';
import { unanalysed } from './analysis/report.js';
import { type Arguments, HELP, readArguments, WrongUsage } from './command-line/arguments.js';
import { arrived, costText } from './command-line/cost-text.js';
import { settingsFor, silentSettings } from './command-line/destination.js';
import { findings } from './command-line/findings.js';
import { inkFor } from './command-line/ink.js';
import { interruptible } from './command-line/interruption.js';
import { Progress } from './command-line/progress.js';
import { Terminal } from './command-line/terminal.js';
import { priceList } from './cost/price-list.js';
import { type Spent, telemetryCost } from './cost/telemetry-cost.js';
import { counted } from './figures.js';
import { AnswersFileProblem, readAnswers } from './judge/answers-file.js';
import { SOURCE_EXTENSIONS } from './tree/language.js';
import { NoSuchTree, SourceTree } from './tree/source-tree.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** A tree of several packages that use each other, in every clone after `npm ci`. */
const DEFAULT_TREE = join(HERE, '../../node_modules/@babel');

const terminal = new Terminal(process.stdout, process.stderr);
const ink = inkFor(terminal.isTTY, process.env);

/** Returns the exit code; see HELP. */
async function main(given: Arguments): Promise<number> {
  if (given.help) {
    terminal.write(HELP);
    return 0;
  }
  const path = given.path ?? (relative(process.cwd(), DEFAULT_TREE) || '.');
  const { about, answers } = await readAnswers(given.answers ?? join(HERE, 'answers.json'));
  // Before telemetry starts: a path that is not there is no run of the program.
  await SourceTree.at(path);
  const interruption = interruptible();
  const before = cpuSeconds();
  const telemetry = bootstrap(settingsFor(given, process.env, terminal));
  const starting = cpuSeconds() - before;
  const progress = new Progress();
  const { report, alive } = await analyse({
    path,
    answers,
    maxFileBytes: given.maxFileBytes,
    signal: interruption.signal,
    onDiscovered: ({ files, projects }) => terminal.write(heading(path, files, projects)),
    onProgress: state => terminal.progress(state.done, state.total, () => progress.describe(state)),
  }).catch(async (thrown: unknown) => {
    await telemetry.shutdown();
    throw thrown;
  });
  terminal.write(findings(report, about, ink));
  const beforeEnding = cpuSeconds();
  // Gauges read live instances: these live until the last collection is over.
  await telemetry.shutdown({ timeoutMs: 30_000 }).finally(() => alive);
  const spent: Spent = { program: cpuSeconds(), starting, ending: cpuSeconds() - beforeEnding };
  const health = telemetry.health();
  if (report.interrupted) {
    terminal.write(`${ink.strong('Telemetry')}  ${arrived(health)}\n`);
  } else {
    const prices = await priceList(() => bootstrap(silentSettings()));
    terminal.write(`${costText(telemetryCost(report, health, prices, spent), prices, spent, health, ink)}\n`);
  }
  return interruption.exitCode ?? (unanalysed(report) > 0 ? 1 : 0);
}

function heading(path: string, files: number, projects: number): string {
  const found =
    files === 0
      ? `no file ends in ${[...SOURCE_EXTENSIONS.keys()].join(' ')}`
      : `${counted(files, 'source file')} in ${counted(projects, 'project')}`;
  return `${ink.strong(`parseltongue  ${path}`)}  ${found}\n`;
}

/** What the caller can put right; anything else is a fault of this program, and shown as one. */
function isTheirs(thrown: unknown): thrown is Error {
  return [WrongUsage, NoSuchTree, AnswersFileProblem].some(kind => thrown instanceof kind) || isSpandrelFault(thrown);
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

// A reader that has seen enough (`| head`) closes the pipe; that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)));
} catch (thrown) {
  if (!isTheirs(thrown)) throw thrown;
  terminal.clear();
  process.stderr.write(`parseltongue: ${thrown.message}\n`);
  process.exitCode = 2;
}
