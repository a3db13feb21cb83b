/**
 * What is printed for those who change the hot path: one line a column and subject, with both clocks.
 */
import { limitOf, overheads, ratio } from './figures.mjs';
import { duration, table } from './table.mjs';

const part = (value) => (value === undefined ? '' : value.toFixed(3));

export function quickTable(results, columns, subjects) {
  const rows = columns.flatMap((column) =>
    subjects
      .filter((subject) => subject !== 'bare' && results.get(column.id)[subject] !== undefined)
      .map((subject) => {
        const { ns, low, high } = overheads(results, column.id, subject);
        const wall = overheads(results, column.id, subject, 'insideNs');
        return [
          column.id,
          subject,
          duration(ns),
          `${duration(low)} … ${duration(high)}`,
          duration(wall.ns),
          part(ratio(results, column, subject)),
          part(ratio(results, column, subject, 'insideNs')),
          subject.startsWith('spandrel') ? String(limitOf(column, subject) ?? '') : '',
        ];
      }),
  );
  const titles = [
    'column',
    'subject',
    'CPU a call',
    'quartiles',
    'time in the call',
    'CPU ratio',
    'time ratio',
    'limit',
  ];
  return table(titles, rows);
}
