/**
 * What a failed expectation of spans tells, to the letter: what was expected, and the trees that were recorded, with the
 * places marked where the two part.
 */
import { readFileSync } from 'node:fs';
import { trace } from '@opentelemetry/api';
import { assertNoSpan, assertSpan, assertTrace, startTestTelemetry, type TestTelemetry } from 'spandrel/testing';
import { messageOf } from './message-of.js';
import { Shop } from './shop.js';

const shop = new Shop();
let telemetry: TestTelemetry;

beforeEach(() => {
  telemetry = startTestTelemetry({ ids: 'sequential', clock: 'ticking' });
});

afterEach(() => telemetry.stop());

test('a trace: each place is marked beneath its span', () => {
  shop.order(1, 'book');
  expect(
    messageOf(() =>
      assertTrace(telemetry, {
        name: 'order',
        kind: 'client',
        children: [{ name: 'reserve', attributes: { sku: 'x' } }, { name: 'invoice' }, { name: 'pay' }],
      }),
    ),
  ).toBe(
    [
      'expected a trace like',
      '',
      '  order  kind=client',
      '  ├─ reserve  sku=x',
      '  ├─ invoice',
      '  └─ pay',
      '',
      'recorded:',
      '',
      'trace 00000000000000000000000000000001  3 spans  6 ms',
      'order       6 ms  ██████████████████████████████████████████████████████████████████████████████████',
      '│  server  code.function.name=Shop.order  order.id=1',
      '│  ▲ kind: expected "client", is "server"',
      '│  ▲ beneath it invoice is missing',
      '├─ reserve  2 ms               ▐███████████████████████████',
      '│     code.function.name=Shop.reserve',
      '│     ▲ sku: expected "x", is nothing',
      '└─ pay      1 ms                                                        ▐█████████████▍',
      '      code.function.name=Shop.pay',
    ].join('\n'),
  );
});

test('a span that was not recorded: the nearest one is marked', () => {
  shop.order(1, 'book');
  expect(messageOf(() => assertSpan(telemetry, { name: 'reserve', status: 'error', exact: true }))).toBe(
    [
      'expected a span like',
      '',
      '  reserve  status=error  exact',
      '',
      'recorded:',
      '',
      'trace 00000000000000000000000000000001  3 spans  6 ms',
      'order       6 ms  ██████████████████████████████████████████████████████████████████████████████████',
      '│  server  code.function.name=Shop.order  order.id=1',
      '├─ reserve  2 ms               ▐███████████████████████████',
      '│     code.function.name=Shop.reserve',
      '│     ▲ status: expected "error", is "unset"',
      '│     ▲ code.function.name: expected nothing, is "Shop.reserve"',
      '└─ pay      1 ms                                                        ▐█████████████▍',
      '      code.function.name=Shop.pay',
    ].join('\n'),
  );
});

test('a span that still runs', () => {
  trace.getTracer('by hand').startSpan('slow');
  expect(messageOf(() => assertTrace(telemetry, { name: 'slow' }))).toBe(
    [
      'expected a trace like',
      '',
      '  slow',
      '',
      'recorded:',
      '',
      'trace 00000000000000000000000000000002  1 span  0 s',
      'slow  ?  ▏',
      '   ▲ it was not ended',
    ].join('\n'),
  );
});

test('a span that failed, and one that was not to be there', () => {
  expect(() => shop.order(2, 'gift')).toThrow('gifts are free');
  expect(messageOf(() => assertNoSpan(telemetry, { name: /^p/, status: 'error' })).replace(/ at .*/g, ' at')).toBe(
    [
      'expected no span like',
      '',
      '  a span named /^p/  status=error',
      '',
      'recorded:',
      '',
      'trace 00000000000000000000000000000001  3 spans  6 ms  2 errors',
      '✗ order     6 ms  ██████████████████████████████████████████████████████████████████████████████████',
      '│  TypeError: gifts are free  at',
      '│  server  code.function.name=Shop.order  order.id=2  error.type=TypeError',
      '├─ reserve  2 ms               ▐███████████████████████████',
      '│     code.function.name=Shop.reserve',
      '└─ ✗ pay    1 ms                                                        ▐█████████████▍',
      '      TypeError: gifts are free  at',
      '      code.function.name=Shop.pay  error.type=TypeError',
      '      ▲ this one',
    ].join('\n'),
  );
});

test('a child too many, one that still runs, and other traces after the nearest', () => {
  for (let paid = 0; paid < 6; paid += 1) shop.pay('book');
  const tracer = trace.getTracer('by hand');
  tracer.startActiveSpan('batch', (batch) => {
    tracer.startSpan('read').end();
    tracer.startSpan('retry').end();
    tracer.startSpan('write');
    batch.end();
  });
  const children = [{ name: 'read' }, { name: 'write', running: true, kind: 'client' as const }];
  const [expectation, rest = ''] = messageOf(() => assertTrace(telemetry, { name: 'batch', children })).split(
    'recorded, ',
  );
  expect(expectation).toContain('└─ write  kind=client  running=true');
  expect(
    rest
      .replace(/[█▐▌▍▊▉▋▎▏]+/g, '')
      .split('\n')
      .map((line) => line.trimEnd()),
  ).toEqual([
    '7 traces:',
    '',
    'trace 00000000000000000000000000000008  4 spans  6 ms',
    'batch     6 ms',
    '├─ read   1 ms',
    '├─ retry  1 ms',
    '│     ▲ it was not expected here',
    '└─ write     ?',
    '      (still running)',
    '      ▲ kind: expected "client", is "internal"',
    '',
    'trace 00000000000000000000000000000001  1 span  1 ms',
    'pay  1 ms',
    '   code.function.name=Shop.pay',
    '',
    'trace 00000000000000000000000000000002  1 span  1 ms',
    'pay  1 ms',
    '   code.function.name=Shop.pay',
    '',
    'trace 00000000000000000000000000000003  1 span  1 ms',
    'pay  1 ms',
    '   code.function.name=Shop.pay',
    '',
    'trace 00000000000000000000000000000004  1 span  1 ms',
    'pay  1 ms',
    '   code.function.name=Shop.pay',
    '',
    '… and 2 more',
  ]);
});

test('the guide shows what is told', async () => {
  const { Checkout } = await import('./runners/checkout.js');
  await new Checkout().place('book');
  const expected = { name: 'checkout', children: [{ name: 'pay', attributes: { kind: 'pen' } }] };
  const guide = readFileSync('docs/guide/testing.md', 'utf8');
  expect(guide).toContain(`\`\`\`text\n${messageOf(() => assertTrace(telemetry, expected))}\n\`\`\``);
});
