/**
 * Generates modules with many classes of one method each, for the question whether a call costs more where more is
 * annotated. Every class is text of its own, as in a program: no two share what the compiler learns of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compiled, run } from './build.mjs';

export const siteCounts = [1, 10, 100, 1_000, 10_000];
export const siteSubjects = ['bare', 'hand', 'spandrel-legacy', 'spandrel-standard'];

const body = 'return (this.total = (this.total + n) | 0);';

const bare = { opening: '', method: () => `run(n) { ${body} }` };

const hand = {
  opening: `import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
const tracer = trace.getTracer('bench');
const calls = metrics.getMeter('bench').createCounter('work.calls');`,
  method: (name) => `run(n) {
    return tracer.startActiveSpan('${name}.run', (span) => {
      try {
        ${body}
      } catch (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
        throw error;
      } finally {
        calls.add(1);
        span.end();
      }
    });
  }`,
};

const annotated = {
  opening: `import { Counted, Traced } from '../lib/index.js';`,
  method: () => `@Traced() @Counted('work.calls') run(n) { ${body} }`,
};

const kinds = { bare, hand, 'spandrel-legacy': annotated, 'spandrel-standard': annotated };

function source({ opening, method }, count) {
  const names = Array.from({ length: count }, (_, at) => `Site${at}`);
  const classes = names.map((name) => `class ${name} { total = 0; ${method(name)} }`);
  return [opening, ...classes, `export const sites = [${names.join(', ')}];\n`].join('\n');
}

export function buildSites() {
  const into = join(run, 'now', 'sites');
  mkdirSync(into, { recursive: true });
  for (const subject of siteSubjects) {
    for (const count of siteCounts) {
      const text = source(kinds[subject], count);
      const built = kinds[subject] === annotated ? compiled(text, subject === 'spandrel-legacy') : text;
      writeFileSync(join(into, `${subject}-${count}.mjs`), built);
    }
  }
}
