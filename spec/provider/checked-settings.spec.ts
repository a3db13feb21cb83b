/**
 * `checkSettings()`: what `bootstrap()` would refuse, refused without starting anything.
 */
import { trace } from '@opentelemetry/api';
import { bootstrap } from 'spandrel';
import { checkSettings, isSpandrelFault, type Settings } from 'spandrel/provider';

const wrong: readonly [string, Settings][] = [
  ['batch.size', { batch: { size: 20, buffer: 10 } }],
  ['export.endpoint', { export: { endpoint: 'nowhere' } }],
  ['colour', { colour: 'red' } as Settings],
  ['service', { provider: 'existing', service: 'shop' }],
];

/** The fault as a line, or nothing. */
function messageFrom(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (isSpandrelFault(error)) return error.message;
    throw error;
  }
  return undefined;
}

test.each(wrong)('%s: the very fault that bootstrap() throws', (where, settings) => {
  const message = messageFrom(() => checkSettings(settings, {}));
  expect(message).toMatch(new RegExp(` ${where.replaceAll('.', '\\.')}: .+\\. Remedy: `));
  expect(messageFrom(() => bootstrap(settings))).toBe(message);
});

test('gives right settings back as they are, and starts nothing', () => {
  const settings: Settings = { service: 'shop', batch: { size: 10, buffer: 20 }, export: { protocol: 'none' } };
  expect(checkSettings(settings)).toBe(settings);
  expect(trace.getTracer('a program').startSpan('unseen').isRecording()).toBe(false);
});
