/**
 * The table of our own metrics in the guide is the one in the code: each with instrument, unit and attributes, and no other.
 */
import { ownMetricsTable } from '../../lib/provider/own-metrics-table.js';
import { textOf } from './project-files.js';

const heading = /\n\| Metric +\| Instrument +\| Unit +\| By +\|[^\n]*\n\|[-| ]+\|\n((?:\|[^\n]*\n)+)/;

test('the guide has a row for each of our own metrics, and no other', () => {
  const [, rows = ''] = heading.exec(textOf('docs/guide/shutdown-and-health.md')) ?? [];
  const told = rows
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').slice(1, 5))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('`', '')));
  const table = ownMetricsTable.map(({ name, instrument, unit, attributes }) => [
    name,
    instrument,
    unit,
    attributes.join(', '),
  ]);
  expect(told).toEqual(table);
});
