/**
 * A cell of the table: a mark, and in a few words what was seen. A case gives what is right in the first argument of
 * `judged`, then what may be wrong in the order it matters: the first that is true is what the cell says.
 */

export const good = (seen) => ({ mark: '✔', seen });
export const partly = (seen) => ({ mark: '◐', seen });
export const bad = (seen) => ({ mark: '✘', seen });
export const notApplicable = (seen) => ({ mark: '–', seen });

export const judged = (seen, ...troubles) => troubles.find((trouble) => trouble) ?? good(seen);

export const wrong = (when, seen) => (when ? bad(seen) : undefined);
export const lacking = (when, seen) => (when ? partly(seen) : undefined);

/** What is wrong with the spans, apart from what they say. */
export function spanTrouble({ spans }, expected = 1) {
  if (spans.length !== expected) return bad(spans.length === 0 ? 'no span' : counted(spans.length));
  const never = spans.filter(({ ended }) => !ended).length;
  if (never > 0) return bad(expected === 1 ? 'span never ends' : `${never} of ${expected} spans never end`);
  return wrong(
    spans.some(({ ends }) => ends > 1),
    'span ended more than once',
  );
}

/** What is wrong with how the first span tells of a failure. */
export function failureTrouble({ spans: [span], neighbour }) {
  if (span.status === 'OK') return bad('ends, but with status OK');
  if (span.status === 'ERROR' && span.exceptions === 1) return undefined;
  if (span.status === 'ERROR') return partly(`ERROR, ${span.exceptions} exception events`);
  const own = neighbour.marksErrors?.(span) === true;
  const events = span.exceptions === 0 ? 'no exception event' : 'exception event';
  return own ? partly('ends; error only in its own attribute') : bad(`status unset, ${events}`);
}

/** Whether the first span had ended before this was noted. */
export const endedBefore = ({ notes, spans }, what) => notes.includes(what) && spans[0]?.endedAt < notes.indexOf(what);

/** Where the first span ended, told against what the caller was given: `unit` is `value`, `chunk` … */
export const momentTrouble = (world, unit, last) =>
  wrong(endedBefore(world, 'got 1'), `ends before the 1st ${unit}`) ??
  wrong(endedBefore(world, `got ${last}`), `ends before the last ${unit}`);

export const counted = (number, what = 'span') => `${number} ${what}${number === 1 ? '' : 's'}`;

/** A value in a word or two. */
export function shown(value) {
  if (value instanceof Error) return value.name;
  if (value instanceof Promise) return 'a Promise';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return `a ${value.constructor?.name ?? 'object'}`;
  return String(value);
}

/** What a call throws, in a box; undefined when it throws nothing. */
export async function thrownBy(work) {
  try {
    await work();
  } catch (thrown) {
    return { thrown };
  }
  return undefined;
}
