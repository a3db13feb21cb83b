/**
 * Packages that the user installs: where one is missing, `bootstrap()` names it, and nothing is left running; where it is there, the
 * program ends by itself after `shutdown()`.
 */
import { join } from 'node:path';
import { type InstalledPrograms, installPrograms } from '../support/installed-programs.js';

const source = join(__dirname, 'support', 'peers-program.ts');

const packages = {
  host: '@opentelemetry/host-metrics',
  runtime: '@opentelemetry/instrumentation-runtime-node',
  container: '@opentelemetry/resource-detector-container',
};

let programs: InstalledPrograms;
beforeAll(() => {
  programs = installPrograms('cjs', [source]);
});
afterAll(() => programs.remove());

const run = async (environment: Readonly<Record<string, string>> = {}): Promise<Record<string, string>> =>
  JSON.parse(await programs.run(['peers-program.cjs'], environment)) as Record<string, string>;

test('with all of them there, telemetry starts and the program ends', async () => {
  expect(await run()).toEqual({ host: 'started', runtime: 'started', container: 'started', none: 'started' });
});

test('each that is missing is named, with what asked for it', async () => {
  // A folder of that name that holds no module, before the one that does.
  for (const name of Object.values(packages)) {
    programs.write(join('node_modules', name, 'package.json'), JSON.stringify({ name, main: './gone.js' }));
  }
  const told = await run({ OTEL_NODE_RESOURCE_DETECTORS: 'all' });
  const missing = (asked: string, name: string): unknown =>
    expect.stringMatching(
      new RegExp(`SPANDREL_PEER_MISSING: ${asked} needs the package ${name}, .*npm install ${name}`),
    );
  expect(told).toEqual({
    host: missing('metrics\\.host', packages.host),
    runtime: missing('metrics\\.runtime', packages.runtime),
    container: missing('the detector "container"', packages.container),
    // Of all detectors, those that can be had.
    none: 'started',
  });
});
