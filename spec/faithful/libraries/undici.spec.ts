/**
 * undici's `request`: its body is a Node stream with readers of its own (`text`, `json`, `dump`). Handed out alone, the
 * call lasts as long as it; in the answer it came with, it is a part of a value.
 */
import { pipeline } from 'node:stream/promises';
import { Agent, type Dispatcher, request } from 'undici';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { pages } from './support/fetching.js';
import type { ScriptedServer } from './support/scripted-server.js';
import { expectTelemetry, type Mark, outcomeOf } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

const agent = new Agent();

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());
afterAll(() => agent.destroy());

type Body = Dispatcher.ResponseData['body'];

const client = ({ url }: ScriptedServer, mark: Mark) => {
  class Client {
    given: unknown;

    @mark
    get(path: string): Promise<Dispatcher.ResponseData> {
      return request(url + path, { dispatcher: agent });
    }

    @mark
    async body(path: string): Promise<Body> {
      const { body } = await request(url + path, { dispatcher: agent });
      this.given = body;
      return body;
    }
  }
  return new Client();
};

async function getting<Result>(exercise: (service: ReturnType<typeof client>) => Promise<Result>): Promise<Result> {
  return (await twiceServed(pages, client, exercise)).gave;
}

const decoder = new TextDecoder();

test.each<[string, string, (body: Body) => Promise<unknown>]>([
  ['text', '/whole', (body) => body.text()],
  ['json', '/json', (body) => body.json()],
  ['bytes', '/json', async (body) => decoder.decode(await body.bytes())],
  ['blob', '/json', async (body) => (await body.blob()).size],
  ['dump', '/whole', (body) => body.dump()],
  [
    'for await',
    '/whole',
    async (body) => {
      let all = '';
      for await (const part of body) all += decoder.decode(part as Uint8Array);
      return all;
    },
  ],
  [
    'pipeline',
    '/whole',
    (body) =>
      pipeline(body, async (parts) => {
        let all = '';
        for await (const part of parts) all += decoder.decode(part as Uint8Array);
        return all;
      }),
  ],
])('a body read by %s', async (_how, path, read) => {
  const gave = await getting(async (service) => {
    const body = await service.body(path);
    return [body === service.given, body.bodyUsed, await read(body), body.bodyUsed];
  });
  expect(gave.slice(0, 2)).toEqual([true, false]);
  await expectTelemetry(span('Client.body'));
});

test('an answer is a value, its body the caller’s', async () => {
  const gave = await getting(async (service) => {
    const { statusCode, body } = await service.get('/json');
    return [statusCode, await body.json(), await outcomeOf(Promise.resolve().then(() => body.text()))];
  });
  expect(gave).toEqual([200, { one: 1 }, { rejected: expect.stringContaining('AssertionError') }]);
  await expectTelemetry(span('Client.get'));
});

test('left early, and destroyed', async () => {
  await getting(async (service) => {
    for await (const part of await service.body('/open')) {
      if ((part as Uint8Array).length > 0) break;
    }
    const body = await service.body('/open');
    const closed = new Promise((resolve) => body.on('error', resolve).on('close', resolve));
    body.destroy();
    return [(await closed) === undefined, body.destroyed];
  });
  // Leaving the loop is an end; destroyed by hand, this body says itself that it was aborted, by an `error` event.
  const aborted = { type: 'AbortError', message: 'Request aborted' };
  await expectTelemetry(span('Client.body'), failedSpan('Client.body', aborted));
});

test('a server that dies in the middle', async () => {
  const gave = await getting(async (service) => outcomeOf((await service.body('/dying')).text()));
  expect(gave).toEqual({ rejected: 'SocketError SocketError UND_ERR_SOCKET: other side closed' });
  const closed = { type: 'SocketError', message: 'other side closed' };
  await expectTelemetry(failedSpan('Client.body', closed));
});
