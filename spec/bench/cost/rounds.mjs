/**
 * Runs every case in turn, each in a fresh process, and then all of them again: whatever the machine does meanwhile
 * falls on all of them alike.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { placeOf } from './build.mjs';

/** Much longer than any case takes on a machine with other work: what is not done by then hangs. */
const timeoutMs = 240_000;

export const environments = {
  all: {},
  none: { OTEL_TRACES_SAMPLER: 'always_off' },
  tenth: { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.1' },
};

/** Asks a file of this run in a process of its own. What hangs is ended; what crashes says so. */
export function asked(file, question, { env = {}, execArgv = [] } = {}) {
  return new Promise((resolve, reject) => {
    const child = fork(file, [JSON.stringify(question)], {
      env: { ...process.env, ...env },
      execArgv,
      silent: true,
    });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    child.stdout.on('data', (text) => (said += text));
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    let answer;
    child.once('message', (message) => (answer = message));
    child.once('exit', (code) => {
      clearTimeout(timer);
      if (answer !== undefined) resolve({ ...answer, said });
      else reject(new Error(`${file} ${JSON.stringify(question)} ends with ${code}\n${said}`));
    });
  });
}

/** One subject in one column. */
export function oneCase(column, name, settings) {
  const { folder, subject } = placeOf(name);
  const env = environments[column.sampler ?? 'all'];
  return asked(join(folder, 'child.mjs'), { ...settings, subject, column }, { env });
}

/** A batch may be lost on the way to a receiver that is busy: what was measured then is not the whole, and is measured again. */
async function completeCase(column, subject, settings) {
  for (let left = 2; ; left -= 1) {
    const answer = await oneCase(column, subject, settings);
    const { missed, said } = answer;
    if (missed.spans === 0 && missed.counted === 0) return answer;
    const lost = `${subject} lost ${missed.spans} spans and ${missed.counted} counts in ${column.id}`;
    if (left === 0) throw new Error(`${lost}, three times\n${said}`);
    console.error(`${lost}: once more`);
  }
}

/** Every subject in every column, `rounds` times over; gives `results.get(column)[subject]`, a list of answers. */
export async function rounds(columns, subjects, { rounds, onRound, ...settings }) {
  const results = new Map(columns.map(({ id }) => [id, {}]));
  for (let round = 0; round < rounds; round += 1) {
    for (const column of columns) {
      for (const subject of subjects) {
        if (column.lacks?.[subject] !== undefined) continue;
        const answer = await completeCase(column, subject, settings);
        const { [subject]: answers = [] } = results.get(column.id);
        results.get(column.id)[subject] = [...answers, answer];
      }
    }
    onRound?.(round + 1);
  }
  return results;
}
