/**
 * One case with one package, in a process of its own, which the parent starts and ends: nothing that a package leaves
 * behind reaches the next case, and one that hangs costs one cell.
 */
import { builtSubject } from './build.mjs';
import { allCases } from './cases.mjs';
import { bad, partly, shown } from './verdict.mjs';
import { watchSpans } from './watch-spans.mjs';

const { name, id, dialect, byHand } = JSON.parse(process.argv[2]);

const { neighbour, endsByHand } = await import(`./neighbours/${name}.mjs`);
const asked = allCases.find((one) => one.id === id);

const load = (subject, from = dialect) => import(builtSubject(name, from, asked.target ?? 'es2022', subject));

/** Time for what goes on after the caller has what it wanted: promises, timers, the ends of streams. */
async function rest() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve, 10));
  await neighbour.flush?.();
}

async function cellOf() {
  let subject = {};
  try {
    const { optional } = asked;
    if (asked.subject !== undefined) subject = await load(asked.subject);
    if (optional !== undefined && neighbour.lacks[optional.name] === undefined) {
      subject = { ...subject, ...(await load(optional.subject)) };
    }
  } catch (thrown) {
    if (thrown?.code !== undefined && asked.refusable) return partly(`refused where it is written: ${thrown.code}`);
    return bad(`the class cannot be defined (${shown(thrown)})`);
  }
  neighbour.start();
  const watched = watchSpans(neighbour);
  const world = Object.assign(watched, { neighbour, load, rest, endsByHand: byHand ? endsByHand : undefined });
  try {
    return await asked.run(world, subject);
  } catch (thrown) {
    return { ...bad(`throws ${shown(thrown)}`), stack: String(thrown?.stack ?? thrown) };
  } finally {
    if (process.env.SHOW_NOTES) console.error(watched.notes, watched.spans);
  }
}

process.send(await cellOf());
