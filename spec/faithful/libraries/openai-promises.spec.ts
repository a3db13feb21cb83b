/**
 * `openai`: its `APIPromise` reads the body in its `then`, and has methods that don't. An annotated method gives the very
 * promise; the call lasts until what the caller does with it is over, and each call is one request.
 */
import type { ServerResponse } from 'node:http';
import { APIPromise } from 'openai';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { completion, type Model, modelService } from './support/model-service.js';
import { openServer, type Script, sendJson } from './support/scripted-server.js';
import { annotated, expectTelemetry, outcomeOf } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const answering: Script = (response) => sendJson(response, completion('hi'), 200, { 'x-request-id': 'r1' });
const content = ({ choices }: { readonly choices: readonly { readonly message: { readonly content: unknown } }[] }) =>
  choices[0]?.message.content;

test('awaited: the very promise, one request, a span as long as the answer takes', async () => {
  const { gave, requests } = await twiceServed(answering, modelService, async (model) => {
    const promise = model.ask();
    const answer = await promise;
    return [
      promise === model.given,
      promise instanceof APIPromise,
      Object.keys(promise),
      content(answer),
      answer._request_id,
      content(await promise),
    ];
  });
  expect(gave).toEqual([true, true, ['responsePromise', 'parseResponse', 'parsedPromise'], 'hi', 'r1', 'hi']);
  expect(requests).toEqual(['POST /chat/completions']);
  await expectTelemetry(span('Model.ask'));
});

test('the span ends with the answer, not when the promise is handed out', async () => {
  let arrived = (_response: ServerResponse): void => {};
  const waiting = new Promise<ServerResponse>((resolve) => {
    arrived = resolve;
  });
  const model = modelService(await openServer((response) => arrived(response)), annotated);
  const pending = model.ask().then(content);
  const response = await waiting;
  expect(await recorded.trees()).toEqual([]);
  expect(await recorded.points('library.in_flight')).toEqual([[{ method: 'ask' }, 1]]);
  sendJson(response, completion('hi'));
  expect(await pending).toBe('hi');
  await expectTelemetry(span('Model.ask'));
});

test('a promise nobody asks is told as abandoned', async () => {
  const server = await openServer(answering);
  const model = modelService(server, annotated);
  // What it waits for inside, so that the request is over before the server is.
  await (model.ask() as unknown as { readonly responsePromise: Promise<unknown> }).responsePromise;
  await recorded.stop();
  expect(await recorded.trees()).toEqual([span('Model.ask', { attributes: { 'spandrel.abandoned': true } })]);
  expect(recorded.faults()).toEqual([{ code: 'SPANDREL_ABANDONED', where: 'Model.ask', count: 1 }]);
});

test.each<[string, (model: Model) => Promise<unknown>]>([
  ['then', (model) => model.ask().then(content)],
  [
    'catch',
    (model) =>
      model
        .ask()
        .catch(() => undefined)
        .then((answer) => answer && content(answer)),
  ],
  [
    'finally',
    (model) =>
      model
        .ask()
        .finally(() => {})
        .then(content),
  ],
  [
    'withResponse',
    async (model) => {
      const { data, response, request_id } = await model.ask().withResponse();
      return [content(data), response.status, request_id, response.bodyUsed];
    },
  ],
  [
    'asResponse',
    async (model) => {
      const response = await model.ask().asResponse();
      return [response.bodyUsed, await response.json()];
    },
  ],
  [
    'asResponse and await',
    async (model) => {
      const promise = model.ask();
      const response = await promise.asResponse();
      return [response.bodyUsed, content(await promise), response.bodyUsed];
    },
  ],
  [
    'all of them at once',
    async (model) => {
      const promise = model.ask();
      const [answer, { data }, response] = await Promise.all([promise, promise.withResponse(), promise.asResponse()]);
      return [answer === data, content(answer), response.ok];
    },
  ],
  [
    '_thenUnwrap',
    async (model) => {
      const unwrapped = model.ask()._thenUnwrap(content);
      const { data, response } = await unwrapped.withResponse();
      return [unwrapped instanceof APIPromise, await unwrapped, data, response.ok];
    },
  ],
])('%s gives what it gives, from one request', async (_use, use) => {
  const { gave, requests } = await twiceServed(answering, modelService, use);
  expect(JSON.stringify(gave)).toContain('hi');
  expect(requests).toEqual(['POST /chat/completions']);
  await expectTelemetry(span('Model.ask'));
});

test('what the client makes of its own promise is a promise of the client: parse, and an async method around it', async () => {
  const { gave, requests } = await twiceServed(answering, modelService, async (model) => {
    const parsed = await model.parse();
    return [parsed.choices[0]?.message.parsed, content(parsed), await model.answer()];
  });
  expect(gave).toEqual([null, 'hi', 'hi']);
  expect(requests).toHaveLength(2);
  await expectTelemetry(span('Model.parse'), span('Model.answer', {}, span('Model.ask')));
});

const refusing =
  (status: number, code: string): Script =>
  (response) =>
    sendJson(response, { error: { message: 'no', type: code, code, param: null } }, status, { 'retry-after-ms': '1' });

test.each<[number, string, number, string]>([
  [401, 'invalid_api_key', 1, 'AuthenticationError'],
  [429, 'rate_limit_exceeded', 3, 'RateLimitError'],
  [500, 'server_error', 3, 'InternalServerError'],
])('an answer of %i is the error it is, however it is asked for', async (status, code, tries, type) => {
  const { gave, requests } = await twiceServed(refusing(status, code), modelService, async (model) => [
    await outcomeOf(model.ask()),
    await outcomeOf(model.ask().withResponse()),
    await outcomeOf(model.ask().asResponse()),
    await model.ask().catch((error: { status?: number }) => error.status),
    await outcomeOf(model.answer()),
  ]);
  const rejected = { rejected: `${type} Error ${code}: ${status} no` };
  expect(gave).toEqual([rejected, rejected, rejected, status, rejected]);
  expect(requests).toHaveLength(5 * tries);
  const failed = { type, message: `${status} no`, stack: `Error: ${status} no` };
  const ask = failedSpan('Model.ask', failed);
  await expectTelemetry(ask, ask, ask, ask, failedSpan('Model.answer', failed, {}, ask));
});

test('a refusal that the client tries again is no failure', async () => {
  const { gave, requests } = await twiceServed(
    (response, request, nth) => (nth % 2 === 1 ? refusing(429, 'slow_down') : answering)(response, request, nth),
    modelService,
    async (model) => content(await model.ask()),
  );
  expect(gave).toBe('hi');
  expect(requests).toHaveLength(2);
  await expectTelemetry(span('Model.ask'));
});

test('a caller who stops asking', async () => {
  const { gave } = await twiceServed(
    () => {},
    modelService,
    async (model) => {
      const stop = new AbortController();
      const pending = outcomeOf(model.ask({ signal: stop.signal }));
      stop.abort();
      return pending;
    },
  );
  const message = 'Request was aborted.';
  expect(gave).toEqual({ rejected: `APIUserAbortError Error: ${message}` });
  await expectTelemetry(failedSpan('Model.ask', { type: 'APIUserAbortError', message, stack: `Error: ${message}` }));
});
