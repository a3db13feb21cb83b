/**
 * Every environment variable of the table: its effect, that code is the stronger, and what is so without it. A variable without a row
 * does not compile.
 */
import type { Variable } from '../../../lib/provider/settings/environment-table.js';
import { intervalRows } from './batch-rows.js';
import { certificateRows } from './certificate-rows.js';
import { exporterRows } from './exporter-rows.js';
import { generalRows } from './general-rows.js';
import { limitRows } from './limit-rows.js';
import { otlpRows } from './otlp-rows.js';
import type { Row } from './row.js';
import { samplingRows } from './sampling-rows.js';

const rows: Record<Variable, Row> = {
  ...generalRows,
  ...samplingRows,
  ...exporterRows,
  ...otlpRows,
  ...certificateRows,
  ...intervalRows,
  ...limitRows,
};

test.each(Object.entries(rows).map(([variable, row]) => [variable, row.means, row] as const))('%s: %s', (_, __, row) =>
  row.run(),
);
