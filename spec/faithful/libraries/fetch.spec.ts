/**
 * Bodies of `fetch`, Node's and that of the `undici` package, handed out by annotated methods: read in every way they can
 * be, left early, cut off. The call lasts as long as the body.
 */
import { text as textOf } from 'node:stream/consumers';
import { type ReadableStream, TextDecoderStream, WritableStream } from 'node:stream/web';
import { fetch as undiciFetch } from 'undici';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { fetching, type Pages, pages } from './support/fetching.js';
import { openServer, type ScriptedServer } from './support/scripted-server.js';
import { annotated, expectTelemetry, type Log, outcomeOf } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const decoder = new TextDecoder();

async function readAll(stream: ReadableStream<Uint8Array>, log: Log): Promise<string> {
  const reader = stream.getReader();
  let all = '';
  for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    all += decoder.decode(value);
  }
  log.push(await reader.closed);
  return all;
}

function collecting(): { readonly sink: WritableStream<Uint8Array>; readonly all: () => string } {
  let all = '';
  const sink = new WritableStream<Uint8Array>({ write: (part) => void (all += decoder.decode(part)) });
  return { sink, all: () => all };
}

describe.each([
  ['Node’s fetch', fetch],
  ['the fetch of undici', undiciFetch],
])('%s', (_name, fetchOf) => {
  const getting = <Result>(exercise: (service: Pages, server: ScriptedServer, log: Log) => Promise<Result>) =>
    twiceServed(pages, ({ url }, mark) => fetching(fetchOf as never, url, mark), exercise);

  test.each<[string, (body: ReadableStream<Uint8Array>, log: Log) => Promise<unknown>]>([
    ['a reader', readAll],
    ['for await', async (body) => textOf(body as never)],
    [
      'two branches',
      async (body, log) => {
        const [left, right] = body.tee();
        const both = await Promise.all([readAll(left, log), readAll(right, log)]);
        expect(both[0]).toBe(both[1]);
        return both[0];
      },
    ],
    [
      'pipeTo',
      async (body) => {
        const { sink, all } = collecting();
        await body.pipeTo(sink);
        return all();
      },
    ],
    [
      'pipeThrough',
      async (body, log) => {
        for await (const part of body.pipeThrough(new TextDecoderStream() as never)) log.push(typeof part);
        return 'one two three';
      },
    ],
    ['a response around it', async (body) => new Response(body as never).text()],
  ])('a body read by %s', async (_how, read) => {
    const { gave, requests } = await getting(async (service, _server, log) => {
      const body = await service.body('/whole');
      return [body === service.given, body.locked, Object.getOwnPropertyNames(body), await read(body, log)];
    });
    expect(gave).toEqual([true, false, [], 'one two three']);
    expect(requests).toHaveLength(1);
    await expectTelemetry(span('Pages.body'));
  });

  test('the call lasts until the body has been read, not until it is there', async () => {
    const service = fetching(fetchOf as never, (await openServer(pages)).url, annotated);
    const body = await service.body('/whole');
    expect(await recorded.trees()).toEqual([]);
    expect(await recorded.points('library.in_flight')).toEqual([[{ method: 'body' }, 1]]);
    await readAll(body, []);
    await expectTelemetry(span('Pages.body'));
  });

  test('a response is a value: its text, its JSON and its bytes are the caller’s', async () => {
    const { gave, requests } = await getting(async (service) => {
      const response = await service.response('/json');
      const again = await service.response('/json');
      return [
        response.bodyUsed,
        await response.json(),
        response.bodyUsed,
        await outcomeOf(response.text()),
        (await again.arrayBuffer()).byteLength,
        await service.text('/whole'),
      ];
    });
    expect(gave).toEqual([
      false,
      { one: 1 },
      true,
      { rejected: expect.stringContaining('TypeError') },
      9,
      'one two three',
    ]);
    expect(requests).toHaveLength(3);
    const response = span('Pages.response');
    await expectTelemetry(response, response, span('Pages.text', {}, response));
  });

  test('left early: by cancel, by a break, by a pipe that is stopped', async () => {
    const { gave } = await getting(async (service, server) => {
      const cancelled = await service.body('/open');
      await cancelled.cancel('enough');
      for await (const part of (await service.body('/open')) as AsyncIterable<Uint8Array>) {
        if (part.length > 0) break;
      }
      const reader = (await service.body('/open')).getReader();
      await reader.read();
      await reader.cancel();
      return [await outcomeOf(reader.closed), await server.letGo];
    });
    expect(gave).toEqual([{ resolved: undefined }, 'let go']);
    await expectTelemetry(span('Pages.body'), span('Pages.body'), span('Pages.body'));
  });

  test('a server that dies in the middle: the body fails, and so does the call', async () => {
    const { gave } = await getting(async (service) => {
      const body = await service.body('/dying');
      return [await outcomeOf(textOf(body as never)), await outcomeOf(service.text('/dying'))];
    });
    const rejected = { rejected: 'TypeError TypeError: terminated' };
    expect(gave).toEqual([rejected, rejected]);
    const terminated = { type: 'TypeError', message: 'terminated' };
    await expectTelemetry(
      failedSpan('Pages.body', terminated),
      failedSpan('Pages.text', terminated, {}, span('Pages.response')),
    );
  });

  test('aborted: before there is an answer, and while it is read', async () => {
    const { gave } = await getting(async (service) => {
      const early = outcomeOf(service.body('/open', AbortSignal.abort()));
      const stop = new AbortController();
      const reader = (await service.body('/open', stop.signal)).getReader();
      await reader.read();
      stop.abort();
      return [await early, await outcomeOf(reader.read())];
    });
    const message = 'This operation was aborted';
    const rejected = { rejected: expect.stringContaining(`AbortError 20: ${message}`) };
    expect(gave).toEqual([rejected, rejected]);
    const aborted = failedSpan('Pages.body', { type: 'AbortError', message, stack: `AbortError: ${message}` });
    await expectTelemetry(aborted, aborted);
  });

  test('the same body through two methods: each call lasts as long as it', async () => {
    const { gave } = await getting(async (service, _server, log) => {
      const body = await service.body('/whole');
      return [service.hand(body) === body, await readAll(body, log)];
    });
    expect(gave).toEqual([true, 'one two three']);
    await expectTelemetry(span('Pages.body'), span('Pages.hand'));
  });
});
