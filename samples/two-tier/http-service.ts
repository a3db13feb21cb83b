// An HTTP server that speaks JSON: as little as two programs need to call each other.

import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Telemetry } from 'spandrel';

export interface JsonRequest {
  /** The trace of the caller is in them. */
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** Answers `POST path`, and `GET /health` with what telemetry says of itself once all of it was sent. */
export function serve(path: string, telemetry: Telemetry, answer: (request: JsonRequest) => Promise<unknown>): void {
  const answers: Readonly<Record<string, (request: JsonRequest) => Promise<unknown>>> = {
    [`POST ${path}`]: answer,
    'GET /health': async () => {
      await telemetry.flush({ timeoutMs: 20_000 });
      return telemetry.health();
    },
  };
  const server = createServer(async (request, response) => {
    try {
      const found = answers[`${request.method} ${request.url}`];
      const body = found && (await found({ headers: request.headers, body: await bodyOf(request) }));
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    } catch (error) {
      response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }));
    }
  });
  server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
    console.log(`listening at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return chunks.length === 0 ? undefined : JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
