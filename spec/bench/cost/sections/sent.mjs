/**
 * The kept columns again, with OpenTelemetry's own OTLP exporter behind both sides: JSON over HTTP to a receiver in
 * another process, which is waited for, so that no span is dropped.
 */
import { columnOf } from '../columns.mjs';
import { overheads, ratio } from '../figures.mjs';
import { withReceiver } from '../receiver.mjs';
import { rounds as run } from '../rounds.mjs';
import { duration, table } from '../table.mjs';

const columns = ['sync', 'async', 'all'].map(columnOf);

export function measure({ rounds, tell, subjects }) {
  return withReceiver((otlp) =>
    run(columns, subjects, {
      otlp,
      rounds,
      leastCalls: 40_000,
      onRound: (round) => tell(`sent to a receiver, round ${round} of ${rounds}`),
    }),
  );
}

export function text(results, subjects) {
  const shown = subjects.filter((subject) => subject !== 'bare');
  const rows = columns.map((column) => [
    column.title,
    ...shown.map((subject) => {
      const found = overheads(results, column.id, subject);
      return found === undefined
        ? '–'
        : `${duration(found.ns)} (${ratio(results, column, subject)?.toFixed(2) ?? '–'})`;
    }),
  ]);
  return table(['', ...shown], rows);
}
