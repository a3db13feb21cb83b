/**
 * An HTTP server on loopback that answers by a script, and keeps what it was asked. Closed after the test.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers one request; `nth` counts from 1. */
export type Script = (response: ServerResponse, request: IncomingMessage, nth: number) => void;

const opened: Server[] = [];

afterEach(async () => {
  await Promise.all(
    opened.splice(0).map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
});

function signal(word: string): [promise: Promise<unknown>, tell: () => void] {
  let tell = (): void => {};
  const promise = new Promise((resolve) => {
    tell = () => resolve(word);
  });
  return [promise, tell];
}

export interface ScriptedServer {
  readonly url: string;
  /** The requests, in order: method and path. */
  readonly requests: string[];
  /** Resolves when the first request has arrived. */
  readonly asked: Promise<unknown>;
  /** Resolves when the client has let go of an answer before its end. */
  readonly letGo: Promise<unknown>;
}

export async function openServer(script: Script): Promise<ScriptedServer> {
  const requests: string[] = [];
  const [asked, tellAsked] = signal('asked');
  const [letGo, tellLetGo] = signal('let go');
  const server = createServer((request, response) => {
    tellAsked();
    requests.push(`${request.method} ${request.url}`);
    response.on('close', () => {
      if (!response.writableFinished) tellLetGo();
    });
    // What was sent is read whole before it is answered, so that a connection is never reset for want of reading.
    request.resume().on('end', () => script(response, request, requests.length));
  });
  opened.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, asked, letGo };
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Server-sent events: each of `events` as JSON, and whatever is done after them. */
export function sendEvents(
  response: ServerResponse,
  events: readonly unknown[],
  after: (response: ServerResponse) => void = (open) => open.end('data: [DONE]\n\n'),
): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), () => after(response));
}
