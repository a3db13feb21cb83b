/**
 * Reads OTLP in protobuf into the very shape that OTLP in JSON has: ids in hex, 64-bit numbers as texts. With a reader that knows
 * nothing of the SDK that wrote it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { root } from '../house/project-files.js';

const schema = protobuf.parse(readFileSync(join(root, 'spec/support/otlp.proto'), 'utf8')).root;

const messages: Readonly<Record<string, string>> = {
  '/v1/traces': 'Traces',
  '/v1/metrics': 'Metrics',
  '/v1/logs': 'Logs',
};

/** A request to a path that ends as one of the three, as JSON would have it. */
export function fromProtobuf(path: string, bytes: Uint8Array): Record<string, unknown> {
  const signal = path.slice(path.lastIndexOf('/v1/'));
  const type = schema.lookupType(messages[signal] ?? '(no such path)');
  const told = type.toObject(type.decode(bytes), { longs: String, arrays: true }) as Record<string, unknown>;
  return withHexIds(told) as Record<string, unknown>;
}

function withHexIds(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(withHexIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withHexIds(inner)]));
}
