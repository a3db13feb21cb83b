/**
 * What is measured: one row a column of the tables. `loop` says how the method is called (`loops.mjs`), `method` which of
 * the subject's methods it is, and `lacks` whose package cannot do it, with the reason. `keeps` and `counts`: how many
 * spans must arrive, and how much must be counted, for each call; `share`: the part of the traces that is kept by a decision
 * at their end.
 */
const noMetrics = { 'nestjs-otel': 'no annotation for histograms', openinference: 'no metrics' };
const onlyOurs = { 'nestjs-otel': 'decides as a span starts', openinference: 'decides as a span starts' };
const peersOf = (reason) => ({ 'nestjs-otel': reason, openinference: reason });

export const columns = [
  { id: 'sync', title: 'sync, kept', method: 'sync', loop: 'sync', keeps: 1, limit: 0.25 },
  { id: 'async', title: 'async, kept', method: 'async', loop: 'async', keeps: 1, limit: 0.4 },
  {
    id: 'metrics',
    title: 'counter + histogram',
    method: 'metrics',
    loop: 'sync',
    counts: 1,
    lacks: noMetrics,
    limit: 0.15,
  },
  {
    id: 'all',
    title: 'all three, kept',
    method: 'all',
    loop: 'sync',
    keeps: 1,
    counts: 1,
    lacks: noMetrics,
    limit: 0.12,
  },
  {
    id: 'tenth',
    title: 'all three, 10 % kept',
    method: 'all',
    loop: 'sync',
    // By a decision at the end of each trace, which nobody else has: what all kept costs by hand is what it is compared with.
    share: 0.1,
    counts: 1,
    against: 'all',
    lacks: { ...onlyOurs, hand: 'decides as a span starts, or keeps all: compared with that' },
    limit: 0.1,
  },
  {
    id: 'head',
    title: 'all three, 10 % by a sampler',
    method: 'all',
    loop: 'sync',
    sampler: 'tenth',
    counts: 1,
    lacks: noMetrics,
  },
  {
    id: 'inert',
    title: 'not bootstrapped',
    method: 'all',
    loop: 'sync',
    started: false,
    lacks: noMetrics,
    limit: { 'spandrel-legacy': 0.05, 'spandrel-standard': 0.15 },
  },
  { id: 'out', title: 'sampled out', method: 'sync', loop: 'sync', sampler: 'none', keeps: 0 },
  { id: 'args', title: 'three arguments', method: 'args', loop: 'args', keeps: 1 },
  { id: 'throws', title: 'an error thrown', method: 'throws', loop: 'throws', keeps: 1 },
  { id: 'deep', title: '20 deep, a call', method: 'deep', loop: 'deep', keeps: 1 },
  { id: 'concurrent', title: '1,000 at once', method: 'concurrent', loop: 'concurrent', keeps: 1 },
  {
    id: 'step',
    title: 'generator, a step',
    method: 'generator',
    loop: 'generator',
    lacks: peersOf('ends its span before the first step'),
  },
  {
    id: 'new',
    title: '`new` of an annotated class',
    method: 'made',
    loop: 'construction',
    lacks: { hand: 'annotates nothing' },
  },
];

export const columnOf = (id) => columns.find((column) => column.id === id);

export const subjects = ['bare', 'hand', 'nestjs-otel', 'openinference', 'spandrel-legacy', 'spandrel-standard'];

/** Ours and bare are always there; the rest are other people's packages, installed in this folder. */
export const isPeer = (subject) => subject === 'nestjs-otel' || subject === 'openinference';
