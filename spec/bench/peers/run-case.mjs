/**
 * The cell of one case and one package: the child processes it takes, and what becomes of their answers.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { bad, notApplicable, partly } from './verdict.mjs';

const timeoutMs = 20_000;

/** Asks a process of its own. What hangs is ended; what crashes says so. */
function asked(question) {
  return new Promise((resolve) => {
    const child = fork(join(import.meta.dirname, 'child.mjs'), [JSON.stringify(question)], { silent: true });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    const timer = setTimeout(() => answer(bad('hangs')), timeoutMs);
    const answer = (cell) => {
      clearTimeout(timer);
      resolve({ ...cell, said });
      child.kill('SIGKILL');
    };
    child.once('message', answer);
    child.once('exit', (code) => answer(bad(`the process ends with ${code}`)));
  });
}

/** Which dialects a case can be run in; a reason where there is none. */
function dialectsFor({ dialect }, { dialects }) {
  if (dialect === undefined) return dialects;
  return dialects.includes(dialect) ? [dialect] : `${dialects[0]} decorators only, which have none for private names`;
}

export async function cellOf(one, name, neighbour) {
  const reason = neighbour.lacks[one.needs];
  if (reason !== undefined) return notApplicable(reason);
  const dialects = dialectsFor(one, neighbour);
  if (typeof dialects === 'string') return notApplicable(dialects);
  const cells = await Promise.all(dialects.map((dialect) => asked({ name, id: one.id, dialect })));
  return merged(cells, dialects, neighbour) ?? (await alsoByHand(one, name, neighbour, cells[0]));
}

/** One cell for both dialects, where both say the same. */
function merged(cells, dialects, neighbour) {
  const [first, second] = cells;
  if (second === undefined) {
    return neighbour.dialects.length > 1 ? { ...first, seen: `${first.seen} (${dialects[0]} only)` } : undefined;
  }
  if (first.mark === second.mark && first.seen === second.seen) return first;
  const worse = cells.find(({ mark }) => mark === '✘') ?? cells.find(({ mark }) => mark === '◐') ?? first;
  const seen = cells.map((cell, at) => `${dialects[at]}: ${cell.mark} ${cell.seen}`).join('; ');
  return {
    mark: worse.mark === '✘' && cells.some(({ mark }) => mark === '✔') ? '◐' : worse.mark,
    seen,
    said: worse.said,
  };
}

/** Where a package has a documented way for the user's own code to end the span, that is tried where the plain way fails. */
async function alsoByHand(one, name, neighbour, cell) {
  if (cell.mark !== '✘' || one.byHand !== true || neighbour.endsByHand === undefined) return cell;
  const question = { name, id: one.id, dialect: neighbour.dialects[0], byHand: true };
  const again = await asked(question);
  return again.mark === '✔' ? partly(`${cell.seen}; ${neighbour.endsByHand}`) : cell;
}
