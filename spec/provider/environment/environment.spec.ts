/**
 * Every environment variable of the table: its effect, that code is the stronger, and what is so without it.
 */
import { certificateRows } from './certificate-rows.js';
import { otlpRows } from './otlp-rows.js';
import type { Row } from './row.js';

const rows = { ...otlpRows, ...certificateRows } as Record<string, Row>;

test.each(Object.entries(rows).map(([variable, row]) => [variable, row.means, row] as const))('%s: %s', (_, __, row) =>
  row.run(),
);
