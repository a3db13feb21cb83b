/**
 * The rooms of `lib/`, written out: who stands on which rank, what each may import from other rooms and from outside.
 * Rooms that are still to be built stand here too. `direction.spec.ts` holds the table against the real imports.
 */

/** A package a room may take from; `typesOnly` when nothing of it may be left at run time. */
export interface Outside {
  readonly name: string | RegExp;
  readonly typesOnly?: boolean;
}

export interface Room {
  /** Imports go to lower ranks only. */
  readonly rank: number;
  /** Rooms it may import; `'lower'` for any of a lower rank. */
  readonly may: readonly string[] | 'lower';
  readonly outside: readonly Outside[];
  /** It has no code, only types: its own rank may name it in an `import type`. */
  readonly typesOnly?: boolean;
  /** Its code is loaded only when asked for, through `import()`. */
  readonly onDemand?: boolean;
}

const api: Outside = { name: '@opentelemetry/api' };
const apiLogs: Outside = { name: '@opentelemetry/api-logs' };

/** Free in every room: types that vanish when compiled. */
export const freeTypes = '@opentelemetry/api';

const room = (rank: number, may: Room['may'], outside: readonly Outside[] = []): Room => ({ rank, may, outside });
// Node's own words for what a value is, which no proxy and no subclass can answer otherwise.
const nodeTypes: Outside = { name: 'node:util/types' };
const word: Room = room(5, 'lower', [api, apiLogs]);

export const rooms: Readonly<Record<string, Room>> = {
  faults: room(0, []),
  // Only the stable entry: `/incubating` changes its names between minor versions.
  conventions: room(0, [], [{ name: /^@opentelemetry\/semantic-conventions$/ }]),

  metadata: room(1, ['faults']),
  redaction: room(1, ['faults']),
  genai: room(1, ['conventions']),
  metrics: room(1, ['conventions', 'faults'], [api, { name: '@opentelemetry/sdk-metrics' }]),
  recorder: room(
    1,
    ['conventions', 'faults'],
    // Of core: what the SDK's span takes for an attribute and for a time, so that ours takes the same.
    [api, { name: '@opentelemetry/core' }, { name: /^@opentelemetry\/sdk-trace/, typesOnly: true }],
  ),
  terminal: room(1, ['conventions']),

  decorators: room(2, ['metadata', 'faults']),
  // Node's own words for its streams, promises and proxies: what a call gave is told by them.
  weaving: room(2, ['metadata', 'faults'], [{ name: /^node:(events|stream|util\/types)$/ }]),
  provider: room(
    2,
    ['recorder', 'metrics', 'redaction', 'terminal', 'conventions', 'faults'],
    [{ name: /^@opentelemetry\// }, { name: /^node:/ }, { name: '@grpc/grpc-js', typesOnly: true }],
  ),

  advice: room(
    3,
    ['weaving', 'recorder', 'metrics', 'genai', 'redaction', 'metadata', 'conventions', 'faults'],
    [api, nodeTypes],
  ),
  catalog: room(3, ['metadata', 'metrics', 'conventions']),

  dashboards: room(4, ['catalog', 'conventions']),
  viewer: { ...room(4, ['conventions', 'faults'], [{ name: 'node:http' }]), onDemand: true },

  'disabled-telemetry.ts': room(4, 'lower'),
  'bootstrap.ts': word,
  'annotate.ts': word,
  'log.ts': word,
  'traced.ts': word,
  'record-evaluation.ts': word,
  'telemetry.ts': { ...room(5, 'lower'), typesOnly: true },

  'index.ts': room(6, 'lower', [{ name: 'reflect-metadata' }]),
  'register.ts': room(6, 'lower', [{ name: /^node:/ }]),
  nest: room(6, 'lower', [{ name: /^@nestjs\// }]),
  testing: room(6, 'lower', [{ name: /^@opentelemetry\// }, { name: 'node:assert' }]),
  cli: room(6, 'lower', [{ name: /^node:/ }]),
};

/** The room a file of `lib/` lies in: the folder, or the file itself at the top. */
export function roomOf(path: string): string {
  return path.split('/')[1] as string;
}
