/**
 * The console protocol, as a person would see it: traces as they complete or the slowest at the end, log lines at once,
 * metrics at each export; bounded, and out of the application's way.
 */
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { bootstrap, type ConsoleSettings, Counted, log, type Settings, type Telemetry, Traced } from 'spandrel';

class Kitchen {
  @Traced('kitchen.cook')
  @Counted('console.spec.meals', { unit: '{meal}' })
  cook(ms: number, fails = false): string {
    log.info('cooking', { ms });
    const until = performance.now() + ms;
    while (performance.now() < until);
    return this.plate(fails);
  }

  @Traced('kitchen.plate')
  plate(fails: boolean): string {
    if (fails) throw new RangeError('too many plates');
    return 'meal';
  }
}

/** A terminal that is no terminal: keeps what is written. */
class Paper {
  text = '';
  readonly columns = 100;
  readonly isTTY: boolean;

  constructor(isTTY = false) {
    this.isTTY = isTTY;
  }

  write(text: string, done?: () => void): boolean {
    this.text += text;
    done?.();
    return true;
  }
}

let telemetry: Telemetry;

function start(drawing: ConsoleSettings, settings: Settings = {}): void {
  telemetry = bootstrap({ ...settings, export: { protocol: 'console', console: drawing } });
}

/** Figures differ from run to run; names, order and marks do not. */
function skeleton(text: string): string[] {
  return text
    .split('\n')
    .map((line) =>
      line
        .replace(/[0-9a-f]{32}/, 'ID')
        .replace(/[▏▎▍▌▋▊▉█▐▕]+/g, '')
        .replace(/[\d.]+ (s|ms|µs|ns)\b/g, 'TIME')
        .replace(/^\d\d:\d\d:\d\d\.\d{3}/, 'CLOCK')
        .replace(/ {2,}/g, '  ')
        .trimEnd(),
    )
    .filter((line) => line !== '');
}

afterEach(() => telemetry.shutdown());

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

test('a trace is drawn when it is complete, after the call and not inside it; a log line at once', async () => {
  const paper = new Paper();
  start({ stream: paper });
  expect(new Kitchen().cook(1)).toBe('meal');
  expect(skeleton(paper.text)).toHaveLength(1);
  expect(skeleton(paper.text)[0]).toMatch(/^CLOCK INFO {2}cooking {2}ms=1 {2}/);
  await nextTurn();
  expect(skeleton(paper.text).slice(1)).toEqual([
    'trace ID  2 spans  TIME',
    'kitchen.cook  TIME',
    '└─ kitchen.plate  TIME',
  ]);
});

test('an error is shown with its place', async () => {
  const paper = new Paper();
  start({ stream: paper });
  expect(() => new Kitchen().cook(0, true)).toThrow(RangeError);
  await nextTurn();
  expect(paper.text).toContain('✗ kitchen.plate');
  expect(paper.text).toContain('RangeError: too many plates');
  expect(paper.text).toMatch(/spec\/provider\/console\.spec\.ts:\d+:\d+/);
  expect(paper.text).not.toContain('\u001b[');
});

test('attributes on demand', async () => {
  const [without, with_] = [new Paper(), new Paper()];
  start({ stream: without });
  new Kitchen().cook(0);
  await telemetry.shutdown();
  start({ stream: with_, attributes: true });
  new Kitchen().cook(0);
  await telemetry.shutdown();
  expect(without.text).not.toContain('code.function.name');
  expect(with_.text).toContain('code.function.name=Kitchen.cook');
});

test('metrics are drawn at each export, and at the end', async () => {
  const paper = new Paper();
  start({ stream: paper });
  new Kitchen().cook(0);
  new Kitchen().cook(0);
  await telemetry.shutdown();
  expect(paper.text).toMatch(/console\.spec\.meals {2}counter, \{meal\}\n +2\n/);
});

test('only the slowest traces, slowest first, and only when asked', async () => {
  const paper = new Paper();
  start({ stream: paper, traces: 2 });
  const kitchen = new Kitchen();
  for (const ms of [1, 12, 1, 1, 24, 1]) kitchen.cook(ms);
  await nextTurn();
  expect(paper.text).not.toContain('trace ');
  await telemetry.flush();
  const drawn = paper.text.split('\n').filter((line) => line.startsWith('trace '));
  expect(drawn).toHaveLength(2);
  const [slow, slower] = drawn.map((line) => Number(/([\d.]+) ms$/.exec(line)?.[1]));
  expect(slow).toBeGreaterThanOrEqual(24);
  expect(slower).toBeGreaterThanOrEqual(12);
  expect(slow).toBeGreaterThan(slower as number);
  expect(telemetry.health().spans).toMatchObject([{ exporter: 'console', received: 12, delivered: 12, waiting: 0 }]);
});

test('a trace whose spans never end is drawn as far as it has come, at flush', async () => {
  const paper = new Paper();
  start({ stream: paper });
  const tracer = trace.getTracer('hand');
  const root = tracer.startSpan('never ends', {}, ROOT_CONTEXT);
  context.with(trace.setSpan(ROOT_CONTEXT, root), () => tracer.startSpan('ended').end());
  await nextTurn();
  expect(paper.text).toBe('');
  await telemetry.flush();
  expect(skeleton(paper.text)[1]).toMatch(/^ended/);
  root.end();
  await nextTurn();
  expect(paper.text).toContain('never ends');
});

test('it holds 10,000 spans at most: the shortest go, the tree stays whole, and what is missing is told', async () => {
  const paper = new Paper();
  start({ stream: paper });
  const tracer = trace.getTracer('hand');
  const at = (ms: number): Date => new Date(1_700_000_000_000 + ms);
  const root = tracer.startSpan('root', { startTime: at(0) }, ROOT_CONTEXT);
  const inRoot = trace.setSpan(ROOT_CONTEXT, root);
  for (let i = 0; i < 12_000; i += 1) tracer.startSpan('short', { startTime: at(i) }, inRoot).end(at(i + 1));
  tracer.startSpan('long', { startTime: at(0) }, inRoot).end(at(5000));
  root.end(at(13_000));
  await nextTurn();
  const { received, delivered, waiting, dropped } = telemetry.health().spans[0] ?? {};
  expect(received).toBe(12_002);
  expect((delivered ?? 0) + (waiting ?? 0) + (dropped?.bufferFull ?? 0)).toBe(12_002);
  expect(delivered).toBeLessThanOrEqual(10_000);
  expect(paper.text).toMatch(/^trace .* spans {2}13 s$/m);
  expect(paper.text).toMatch(/─ long /);
  expect(paper.text).toContain(`(${dropped?.bufferFull} spans are not shown: the console holds 10000)`);
  expect(telemetry.health().faults).toMatchObject([{ code: 'SPANDREL_BUFFER_FULL', where: 'console' }]);
});

test('a flood of small traces in one turn is bounded as well', () => {
  const paper = new Paper();
  start({ stream: paper }, { batch: { buffer: 100, size: 10 } });
  const tracer = trace.getTracer('hand');
  for (let i = 0; i < 1000; i += 1) tracer.startSpan('small', {}, ROOT_CONTEXT).end();
  const running = Array.from({ length: 500 }, () => tracer.startSpan('never ends', {}, ROOT_CONTEXT));
  expect(telemetry.health().spans[0]?.waiting).toBeLessThanOrEqual(100);
  for (const span of running) span.end();
  expect(telemetry.health().spans[0]?.waiting).toBeLessThanOrEqual(100);
  expect(telemetry.health().spans[0]?.received).toBe(1500);
});

test('colour and width follow the stream and what is asked', async () => {
  const kept = { NO_COLOR: process.env.NO_COLOR, FORCE_COLOR: process.env.FORCE_COLOR };
  delete process.env.NO_COLOR;
  delete process.env.FORCE_COLOR;
  const drawnOn = async (paper: Paper, drawing: ConsoleSettings = {}): Promise<string> => {
    start({ stream: paper, ...drawing });
    new Kitchen().cook(0);
    await telemetry.shutdown();
    return paper.text;
  };
  expect(await drawnOn(new Paper(false))).not.toContain('\u001b[');
  expect(await drawnOn(new Paper(true))).toContain('\u001b[');
  expect(await drawnOn(new Paper(true), { colour: false })).not.toContain('\u001b[');
  process.env.NO_COLOR = '1';
  expect(await drawnOn(new Paper(true))).not.toContain('\u001b[');
  expect(await drawnOn(new Paper(true), { colour: true })).toContain('\u001b[');
  const narrow = await drawnOn(new Paper(false), { width: 40 });
  expect(Math.max(...narrow.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(40);
  for (const [name, value] of Object.entries(kept)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});
