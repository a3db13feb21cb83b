/**
 * A flood: `flood-program <telemetry> <seconds> <endpoint> <settings>` attempts a million calls a second, in slices between which
 * the loop turns. One trace in a hundred fails. Says how many calls were made, how late the loop was, and what the heap grew by.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { memoryUsage } from 'node:process';
import { setImmediate as turn } from 'node:timers/promises';
import { bootstrap, Counted, type Settings, Traced } from 'spandrel';

const [mode = 'spandrel', seconds = '20', endpoint = '', settings = '{}'] = process.argv.slice(2);

/** Calls of one trace. */
const callsEach = 4;
const aSecond = 1_000_000;
/** How long an export may take. */
const timeoutMs = 1_000;
/** After so long the loop turns, whatever there is still to do. */
const sliceMs = 5;

class Shop {
  @Traced()
  @Counted('shop.orders')
  order(at: number): number {
    const sum = this.price(at) + this.price(at + 1) + this.stock(at);
    if (at % 100 === 0) throw new Error('sold out');
    return sum;
  }

  @Traced()
  async later(at: number): Promise<number> {
    const sum = this.price(at) + this.stock(at);
    await this.reserve();
    if (at % 100 === 0) throw new Error('sold out');
    return sum;
  }

  @Traced()
  price(at: number): number {
    return at % 7;
  }

  @Traced()
  stock(at: number): number {
    return at % 3;
  }

  @Traced()
  async reserve(): Promise<void> {}
}

const telemetry =
  mode === 'spandrel'
    ? bootstrap({
        service: 'flood',
        export: { protocol: 'http/protobuf', endpoint, timeoutMs },
        ...(JSON.parse(settings) as Settings),
      })
    : undefined;

async function used(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    (globalThis as { gc?: () => void }).gc?.();
  }
  return memoryUsage().heapUsed;
}

const shop = new Shop();
const made = { traces: 0, failing: 0, sync: 0 };

/** One trace in eight waits for something. */
function trace(): void {
  const at = made.traces++;
  if (at % 100 === 0) made.failing += 1;
  if (at % 8 === 1) {
    void shop.later(at).catch(() => undefined);
    return;
  }
  made.sync += 1;
  try {
    shop.order(at);
  } catch {
    // It is counted.
  }
}

/** Attempts its number of traces in the time it has; what could not be made in time is left out. */
async function flood(ms: number): Promise<void> {
  const startedAt = performance.now();
  for (let sent = 0; ; ) {
    const now = performance.now();
    if (now - startedAt >= ms) return;
    const due = ((now - startedAt) / 1e3) * (aSecond / callsEach);
    while (sent < due && performance.now() - now < sliceMs) {
      for (let few = 0; few < 25; few += 1) trace();
      sent += 25;
    }
    await turn();
  }
}

await flood(500);
const before = await used();
Object.assign(made, { traces: made.traces - (made.traces % 200) });
const start = { ...made };
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let most = 0;
const watching = setInterval(() => (most = Math.max(most, memoryUsage().rss)), 200);
const startedAt = performance.now();
await flood(Number(seconds) * 1e3);
const tookMs = performance.now() - startedAt;
delay.disable();
clearInterval(watching);
// What has been sent stays for a while longer: it is told apart from what stays for good.
const sending = (await used()) - before;
await new Promise((resolve) => setTimeout(resolve, timeoutMs + 500));
const grown = (await used()) - before;
const health = telemetry?.health();
const [spans] = health?.spans ?? [];
const late = (share: number): number => delay.percentile(share) / 1e6;
const traces = made.traces - start.traces;
const failing = made.failing - start.failing;
console.log(
  JSON.stringify({
    traces,
    failing,
    callsASecond: (traces * callsEach * 1e3) / tookMs,
    sending,
    grown,
    rss: most,
    p50: late(50),
    p99: late(99),
    max: delay.max / 1e6,
    spans,
    keptForErrors: health?.sampling?.kept.error,
    running: health?.running,
  }),
);
process.exit(0);
