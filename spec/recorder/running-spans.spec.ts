/**
 * Whatever spans start, end and are dropped, in whatever order: as many are counted as run, none more than there is room for, and
 * a site that has taken much leaves room for the others.
 */
import fc from 'fast-check';
import { reported } from '../../lib/faults/report.js';
import { type Crew, leave, RunningAtSite, RunningSpans } from '../../lib/recorder/running-spans.js';
import { collectGarbage } from '../support/collect-garbage.js';

const mebibyte = 2 ** 20;

beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

/** As a woven span does: it starts where there is room, and holds its place. */
function started(site: RunningAtSite): Crew | undefined {
  return site.hasRoom() ? site.start() : undefined;
}

/** As many as there is room for, up to `count`. */
function startedOf(site: RunningAtSite, count: number): Crew[] {
  return Array.from({ length: count }, () => started(site)).filter((crew) => crew !== undefined);
}

test('the count is that of the spans that run', () => {
  const step = fc.tuple(fc.constantFrom('start', 'start', 'end'), fc.nat());
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3_000 }), fc.array(step, { maxLength: 400 }), (places, steps) => {
      const all = new RunningSpans((places * 1024 * 4) / 3);
      const sites = ['a', 'b', 'c'].map((name) => new RunningAtSite(all, name));
      const running: { crew: Crew; site: RunningAtSite }[] = [];
      for (const [what, which] of steps) {
        const site = sites[which % sites.length] as RunningAtSite;
        if (what === 'start') {
          const crew = started(site);
          if (crew !== undefined) running.push({ crew, site });
        } else {
          for (const { crew } of running.splice(which % (running.length + 1), 1)) leave(crew);
        }
        expect(all.running).toBe(running.length);
        expect(all.running).toBeLessThanOrEqual(all.atMost);
      }
      for (const site of sites) expect(site.running).toBe(running.filter((one) => one.site === site).length);
      for (const { crew } of running) leave(crew);
      expect([all.running, ...sites.map((site) => site.running)]).toEqual([0, 0, 0, 0]);
    }),
    { seed: 7, numRuns: 200 },
  );
});

test('a site gets three quarters of what is free, the next three quarters of the rest', () => {
  const all = new RunningSpans(mebibyte);
  const sites = Array.from({ length: 4 }, (_, at) => new RunningAtSite(all, `site ${at}`));
  expect(sites.map((site) => startedOf(site, 2_000).length)).toEqual([576, 144, 36, 9]);
  expect(all.running).toBeLessThan(all.atMost);
  const told = reported().filter(({ code }) => code === 'SPANDREL_TOO_MANY_RUNNING');
  expect(told.map(({ where, count }) => [where, count])).toEqual(
    expect.arrayContaining(sites.map(({ name }) => [name, 1])),
  );
});

test('a site that was refused starts again once others have ended', () => {
  const all = new RunningSpans(mebibyte);
  const [first, second] = [new RunningAtSite(all, 'first'), new RunningAtSite(all, 'second')];
  const crews = startedOf(first, 2_000);
  expect(started(first)).toBeUndefined();
  for (const crew of crews.splice(0, 100)) leave(crew);
  expect(startedOf(first, 2_000)).toHaveLength(100);
  expect(startedOf(second, 2_000)).toHaveLength(144);
});

describe('spans that are dropped while they run', () => {
  test.each([
    ['few of many places', 40],
    ['all that there are places for', 576],
  ])('are counted no more once they are collected: %s', async (_, count) => {
    const all = new RunningSpans(mebibyte);
    const site = new RunningAtSite(all, 'dropped');
    const startAll = (): Crew => {
      const crews = startedOf(site, count);
      expect(all.running).toBe(count);
      return crews[0] as Crew;
    };
    const held = startAll();
    all.closeOpen();
    await collectGarbage();
    // One that is still held keeps those that were started with it.
    expect(all.running).toBeGreaterThanOrEqual(1);
    expect(all.running).toBeLessThanOrEqual(12);
    leave(held);
    expect(site.running).toBe(all.running);
  });

  test('leave the count at zero, whoever ended before them', async () => {
    const all = new RunningSpans(mebibyte);
    const site = new RunningAtSite(all, 'mixed');
    const mixed = async (): Promise<void> => {
      const crews = startedOf(site, 500);
      for (const [at, crew] of crews.entries()) if (at % 3 === 0) leave(crew);
      expect(all.running).toBe(333);
    };
    await mixed();
    all.closeOpen();
    await collectGarbage();
    expect([all.running, site.running, all.collected]).toEqual([0, 0, 333]);
  });
});
