/**
 * The columns: what one call costs more than the bare one, and as a part of what it costs by hand.
 */
import { columns } from '../columns.mjs';
import { limitOf, overheads, ratio } from '../figures.mjs';
import { rounds as run } from '../rounds.mjs';
import { duration, table } from '../table.mjs';

export async function measure({ rounds, tell, subjects, asked = columns }) {
  return run(asked, subjects, { rounds, onRound: (round) => tell(`columns, round ${round} of ${rounds}`) });
}

/** The seed's Rust stack (`#[instrument]`, tracing-opentelemetry 0.22, batch) on such a machine. */
const rust = { sync: 1200, async: 1500 };

const watched = (subjects) => subjects.filter((subject) => subject !== 'bare');
const isOurs = (subject) => subject.startsWith('spandrel');

export function text(results, subjects, asked = columns) {
  const shown = watched(subjects);
  const rows = (cell) => asked.map((column) => [column.title, ...shown.map((subject) => cell(column, subject))]);
  const cost = (column, subject) => {
    const found = overheads(results, column.id, subject);
    if (found === undefined) return '–';
    const around = Math.round((found.high - found.low) / 2);
    return around < 1 || around < Math.abs(found.ns) / 100
      ? duration(found.ns)
      : `${duration(found.ns)} ± ${duration(around)}`;
  };
  const part = (what) => (column, subject) => ratio(results, column, subject, what)?.toFixed(2) ?? '–';
  return [
    'CPU time a call takes more than the bare one (± half the distance between the quartiles of the rounds, where that is more than 1 %):',
    table(['', ...shown], rows(cost)),
    'The same as a part of what it takes by hand:',
    table(['', ...shown], rows(part())),
    'Measured by the wall clock, in the call alone, without what the pipeline does between calls:',
    table(['', ...shown], rows(part('insideNs'))),
    dashes(shown, asked),
  ].join('\n\n');
}

/** Why there are dashes: for each subject and reason, the columns. */
export function dashes(shown, asked = columns) {
  const lines = shown.flatMap((subject) => {
    const lacking = asked.filter(({ lacks }) => lacks?.[subject] !== undefined);
    const reasons = [...new Set(lacking.map(({ lacks }) => lacks[subject]))];
    return reasons.map((reason) => {
      const titles = lacking.filter(({ lacks }) => lacks[subject] === reason).map(({ title }) => title);
      return `- ${subject}: ${reason} (${titles.join('; ')}).`;
    });
  });
  return `Dashes:\n\n${lines.join('\n')}`;
}

export function limits(results, subjects) {
  const ours = subjects.filter(isOurs);
  const parts = columns.flatMap((column) =>
    ours.flatMap((subject) => {
      const most = limitOf(column, subject);
      const seen = ratio(results, column, subject);
      if (most === undefined || seen === undefined) return [];
      return [
        {
          what: `${column.title} (${subject})`,
          limit: `≤ ${most} × by hand`,
          seen: seen.toFixed(2),
          met: seen <= most,
        },
      ];
    }),
  );
  const beside = Object.entries(rust).flatMap(([id, most]) =>
    ours.flatMap((subject) => {
      const found = overheads(results, id, subject);
      if (found === undefined) return [];
      const what = `${columns.find((column) => column.id === id).title}, below tracing-opentelemetry in Rust (${subject})`;
      return [{ what, limit: `< ${duration(most)}`, seen: duration(found.ns), met: found.ns < most }];
    }),
  );
  return [...parts, ...beside];
}
