/**
 * One run of parseltongue over a tree, from the start of the process to the last span sent: CPU and time, the most memory
 * it held, and the heap at the end.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { program, path, otlp, keeps, profiling = false } = JSON.parse(process.argv[2]);

const folder = new URL(`./programs/${program}-${otlp === undefined ? 'inert' : 'on'}/`, import.meta.url);
const settings = { service: 'parseltongue', export: { protocol: 'http/json', endpoint: otlp } };

const cpuMs = ({ user, system }) => (user + system) / 1e3;
const began = process.cpuUsage();
await (otlp === undefined ? undefined : import('./lib/index.js'));
const loadMs = cpuMs(process.cpuUsage(began));
const { analyse } = await import(new URL('analysis/analyse.js', folder));
const { bootstrap } = otlp === undefined ? {} : await import('./lib/bootstrap.js');
const ready = process.cpuUsage();
const telemetry = bootstrap?.(keeps === undefined ? settings : { ...settings, sampling: { success: keeps } });
const startMs = loadMs + cpuMs(process.cpuUsage(ready));
const { answers } = JSON.parse(readFileSync(new URL('answers.json', folder), 'utf8'));
async function whole() {
  const analysis = await analyse({ path, answers });
  await telemetry?.shutdown({ timeoutMs: 30_000 });
  return analysis;
}
const { profiled } = profiling ? await import('./profiled.mjs') : { profiled: async (run) => ({ value: await run() }) };
const {
  value: { report, alive },
  profile,
} = await profiled(whole, 500);

const spent = cpuMs(process.cpuUsage());
const wallMs = performance.now();
const { maxRSS } = process.resourceUsage();
const { cache } = createRequire(import.meta.url);
const loaded = Object.keys(cache).filter((file) => /@opentelemetry\/(?!api\b|api-logs\b)/.test(file));
globalThis.gc();
const { heapUsed } = process.memoryUsage();
process.send(
  {
    cpuMs: spent,
    startMs,
    wallMs,
    rssBytes: maxRSS * 1024,
    heapBytes: heapUsed,
    loaded: loaded.length,
    files: report.files.taken,
    found: [report.graph.nodes, ...Object.values(report.graph.edges)],
    spans: telemetry?.health().spans[0],
    alive: alive.length,
    profile,
  },
  () => process.exit(0),
);
