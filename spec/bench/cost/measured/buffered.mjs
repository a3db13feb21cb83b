/**
 * What one span takes in memory while it waits to be sent: the heap with many of them in the queue, less the heap with
 * none. Needs `--expose-gc`.
 */
const { subject, column, spans = 50_000 } = JSON.parse(process.argv[2]);
const { start, Work } = await import(`./subjects/${subject}.mjs`);
// Larger than what is made, and later than when it is looked at: nothing is sent, nothing dropped.
const batch = { size: 2 * spans, buffer: 2 * spans, intervalMs: 600_000 };
const telemetry = await start({ batch });
const work = new Work();

function held() {
  for (let times = 0; times < 4; times += 1) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let sum = 0;
const make = (count) => {
  for (let at = 0; at < count; at += 1) sum += work[column.method](at, 'typescript');
};

// What is made once (code of the compiler, growing tables) is there before the first reading.
make(spans / 2);
const before = held();
make(spans);
const bytes = (held() - before) / spans;
const { taken } = telemetry;
const early = taken();
await telemetry.stop();
process.send({ bytes, early, missed: 1.5 * spans - taken(), sum }, () => process.exit(0));
