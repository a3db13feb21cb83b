/**
 * One of two processes that call each other over HTTP: makes the spans it is asked to make, below what the headers of the request
 * say, and has those that are the other's made there. `calling-program.ts <endpoint of its OTLP> <seed of its ids>`.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { context, propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { bootstrapWith } from '../../../lib/bootstrap.js';
import { SpanIds } from '../../../lib/recorder/span-ids.js';
import { MixedPlayer } from '../../support/mixed-traces/mixed-player.js';
import type { PlannedSpan } from '../../support/mixed-traces/planned-span.js';

const [, , endpoint = '', seed = ''] = process.argv;
const ids = new SpanIds(Uint32Array.from([1, 2, 3, 4, 5, 6], (word) => word * Number(seed)));
const telemetry = bootstrapWith(
  { ids },
  {
    service: 'calling',
    sampling: { success: 0.1, error: 1 },
    export: { protocol: 'http/json', endpoint },
    batch: { intervalMs: 500 },
    shutdown: { signals: false },
  },
);

const agent = new Agent({ keepAlive: true });
let peer = 0;
/** What came in: the key of the span that was asked for, and the headers about its trace. */
const arrived: (readonly [key: number, traceparent: unknown, tracestate: unknown])[] = [];
/** The ids of traces, by the key of the span that was asked for. */
const traceIds = new Map<number, string>();

const player = new MixedPlayer({
  async request(child) {
    const headers: Record<string, string> = {};
    propagation.inject(context.active(), headers);
    const { failed } = await answerTo(child, headers);
    if (failed) throw new RangeError('the other failed');
  },
  runs({ key }, { traceId }) {
    if (traceIds.get(key) === '') traceIds.set(key, traceId);
  },
});

function answerTo(span: PlannedSpan, headers: Record<string, string>): Promise<{ failed: boolean }> {
  return new Promise((resolve, reject) => {
    const options = { port: peer, host: '127.0.0.1', method: 'POST', headers, agent };
    const asked = request(options, (response) => void read(response).then((text) => resolve(JSON.parse(text))));
    asked.on('error', reject);
    asked.end(JSON.stringify(span));
  });
}

async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const span = JSON.parse(await read(message)) as PlannedSpan;
  const { traceparent, tracestate } = message.headers;
  arrived.push([span.key, traceparent, tracestate]);
  traceIds.set(span.key, '');
  let failed = false;
  try {
    await context.with(propagation.extract(ROOT_CONTEXT, message.headers), () => player.play(span));
  } catch {
    failed = true;
  }
  response.end(JSON.stringify({ failed }));
}

const server = createServer((message, response) => void answer(message, response));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

process.on('message', (message: { readonly peer?: number }) => {
  if (message.peer !== undefined) {
    peer = message.peer;
    return;
  }
  void telemetry.shutdown().then(() => {
    process.send?.({ arrived, traceIds: [...traceIds], health: telemetry.health() }, () => process.exit());
  });
});
