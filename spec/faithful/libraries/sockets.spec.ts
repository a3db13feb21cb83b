/**
 * Connections and messages of HTTP, handed out by annotated methods. A socket has two sides that end on their own: it is a
 * value. A message that came in is a stream to be read.
 */
import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { pages } from './support/fetching.js';
import type { ScriptedServer } from './support/scripted-server.js';
import { expectTelemetry, type Mark, outcomeOf, twice } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

async function listening(server: Server): Promise<{ readonly port: number }> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server.address() as { readonly port: number };
}

test('a socket is a value, whichever side ends first', async () => {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.end('hello');
    socket.resume();
  });
  const { port } = await listening(server);
  const { result } = await twice(
    (mark: Mark) => {
      class Line {
        @mark
        open(): Socket {
          return connect({ port, host: '127.0.0.1', allowHalfOpen: true });
        }

        @mark
        async openLater(): Promise<Socket> {
          const socket = this.open();
          await once(socket, 'connect');
          return socket;
        }
      }
      return new Line();
    },
    async (line) => {
      const said: string[] = [];
      for (const socket of [line.open(), await line.openLater()]) {
        const closed = once(socket, 'close');
        socket.on('data', (part) => void said.push(String(part)));
        await once(socket, 'end');
        said.push(`writable: ${socket.writable}`);
        socket.end();
        await closed;
      }
      return said;
    },
  );
  server.close();
  expect(result).toEqual(['hello', 'writable: true', 'hello', 'writable: true']);
  await expectTelemetry(span('Line.open'), span('Line.openLater', {}, span('Line.open')));
});

const browser = ({ url }: ScriptedServer, mark: Mark) => {
  class Browser {
    @mark
    request(path: string): ClientRequest {
      return get(url + path, { agent: false });
    }

    @mark
    async message(path: string): Promise<IncomingMessage> {
      const request = get(url + path, { agent: false });
      const [message] = (await once(request, 'response')) as [IncomingMessage];
      return message;
    }
  }
  return new Browser();
};

async function browsing<Result>(exercise: (service: ReturnType<typeof browser>) => Promise<Result>): Promise<Result> {
  return (await twiceServed(pages, browser, exercise)).gave;
}

test('an incoming message is read; a request on its way out is a value', async () => {
  const result = await browsing(async (service) => {
    const [answer] = (await once(service.request('/json'), 'response')) as [IncomingMessage];
    const message = await service.message('/whole');
    return [await text(answer), message.statusCode, await text(message), message.complete];
  });
  expect(result).toEqual(['{"one":1}', 200, 'one two three', true]);
  await expectTelemetry(span('Browser.request'), span('Browser.message'));
});

test('a message that is cut off fails; one that is left early says so itself, by the same error', async () => {
  const result = await browsing(async (service) => {
    const cut = await outcomeOf(text(await service.message('/dying')));
    const left = await service.message('/open');
    // Without `once`: it listens for errors, and a message gives one then.
    const closed = new Promise((resolve) => left.on('close', resolve));
    for await (const part of left) if (String(part) !== '') break;
    await closed;
    return cut;
  });
  expect(result).toEqual({ rejected: 'Error Error ECONNRESET: aborted' });
  const aborted = { type: 'ECONNRESET', message: 'aborted', stack: 'Error: aborted' };
  await expectTelemetry(failedSpan('Browser.message', aborted), failedSpan('Browser.message', aborted));
});
