/**
 * `openai`: with `stream: true` its promise gives a `Stream`, an async iterable of its own making. To us that is a value:
 * the call ends as the promise does, and the stream is the caller's. A woven generator around it lasts as long as it.
 */
import { Stream } from 'openai/streaming';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { chunk, type Model, modelService } from './support/model-service.js';
import { type Script, type ScriptedServer, sendEvents } from './support/scripted-server.js';
import { expectTelemetry, outcomeOf } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

type Chunk = { readonly choices: readonly { readonly delta: { readonly content?: string | null } }[] };

async function streaming<Result>(
  script: Script,
  exercise: (model: Model, server: ScriptedServer) => Promise<Result>,
): Promise<Result> {
  const { gave, requests } = await twiceServed(script, modelService, exercise);
  expect(requests).toEqual(['POST /chat/completions']);
  return gave;
}

const chunks = [chunk('one'), chunk('two'), chunk('three', 'stop')];
const whole: Script = (response) => sendEvents(response, chunks);
/** Says two words, and no more; the connection stays open. */
const unfinished: Script = (response) => sendEvents(response, chunks.slice(0, 2), () => {});

async function wordsOf(stream: AsyncIterable<Chunk>, atMost = 9): Promise<string[]> {
  const words: string[] = [];
  for await (const { choices } of stream) {
    words.push(choices[0]?.delta.content ?? '');
    if (words.length === atMost) break;
  }
  return words;
}

test('read to its end', async () => {
  const gave = await streaming(whole, async (model) => {
    const stream = await model.stream();
    return [stream instanceof Stream, await wordsOf(stream), await outcomeOf(wordsOf(stream))];
  });
  expect(gave).toEqual([
    true,
    ['one', 'two', 'three'],
    { rejected: 'OpenAIError Error: Cannot iterate over a consumed stream, use `.tee()` to split the stream.' },
  ]);
  await expectTelemetry(span('Model.stream'));
});

test('with its response', async () => {
  const gave = await streaming(whole, async (model) => {
    const { data, response } = await model.stream().withResponse();
    return [response.status, await wordsOf(data)];
  });
  expect(gave).toEqual([200, ['one', 'two', 'three']]);
  await expectTelemetry(span('Model.stream'));
});

test('left early: the client lets go of the answer', async () => {
  const gave = await streaming(unfinished, async (model, server) => {
    const stream = await model.stream();
    return [await wordsOf(stream, 1), stream.controller.signal.aborted, await server.letGo];
  });
  expect(gave).toEqual([['one'], true, 'let go']);
  await expectTelemetry(span('Model.stream'));
});

test('stopped by its controller', async () => {
  const gave = await streaming(unfinished, async (model, server) => {
    const stream = await model.stream();
    const words: unknown[] = [];
    for await (const { choices } of stream) {
      words.push(choices[0]?.delta.content);
      if (words.length === 2) stream.controller.abort();
    }
    return [words, await server.letGo];
  });
  expect(gave).toEqual([['one', 'two'], 'let go']);
  await expectTelemetry(span('Model.stream'));
});

test('split in two, read at different speeds', async () => {
  const gave = await streaming(whole, async (model) => {
    const [left, right] = (await model.stream()).tee();
    return [await wordsOf(left), await wordsOf(right)];
  });
  expect(gave).toEqual([
    ['one', 'two', 'three'],
    ['one', 'two', 'three'],
  ]);
  await expectTelemetry(span('Model.stream'));
});

test('as a web stream, and back', async () => {
  const gave = await streaming(whole, async (model) => {
    const readable = (await model.stream()).toReadableStream();
    return wordsOf(Stream.fromReadableStream<Chunk>(readable, new AbortController()));
  });
  expect(gave).toEqual(['one', 'two', 'three']);
  await expectTelemetry(span('Model.stream'));
});

test('a server that dies, or reports an error, in the middle', async () => {
  const dying: Script = (response) => sendEvents(response, chunks.slice(0, 1), (open) => open.destroy());
  const gave = await streaming(dying, async (model) => outcomeOf(wordsOf(await model.stream())));
  expect(gave).toEqual({ rejected: 'TypeError TypeError: terminated' });
  const overloaded: Script = (response) =>
    sendEvents(response, [chunk('one'), { error: { message: 'overloaded', code: 'overloaded' } }]);
  expect(await streaming(overloaded, async (model) => outcomeOf(wordsOf(await model.stream())))).toEqual({
    rejected: 'APIError Error overloaded: overloaded',
  });
  await expectTelemetry(span('Model.stream'), span('Model.stream'));
});

test('a request stopped before its stream began', async () => {
  const gave = await streaming(
    (response) => void response.writeProcessing(),
    async (model, server) => {
      const stop = new AbortController();
      const pending = outcomeOf(model.stream({ signal: stop.signal }));
      await server.asked;
      stop.abort();
      return pending;
    },
  );
  const message = 'Request was aborted.';
  expect(gave).toEqual({ rejected: `APIUserAbortError Error: ${message}` });
  await expectTelemetry(failedSpan('Model.stream', { type: 'APIUserAbortError', message, stack: `Error: ${message}` }));
});

test('a woven generator around it lasts as long as it is read, and is left as it is', async () => {
  const gave = await streaming(unfinished, async (model, server) => {
    const words: string[] = [];
    for await (const word of model.words()) {
      words.push(word);
      if (words.length === 2) break;
    }
    return [words, await server.letGo];
  });
  expect(gave).toEqual([['one', 'two'], 'let go']);
  await expectTelemetry(span('Model.words', {}, span('Model.stream')));
});

test('the helper with events, and its final content', async () => {
  const gave = await streaming(whole, async (model) => {
    const helper = model.run();
    const seen: string[] = [];
    helper.on('content', (delta) => void seen.push(delta));
    await helper.done();
    return seen;
  });
  expect(gave).toEqual(['one', 'two', 'three']);
  await expectTelemetry(span('Model.run'));
});
