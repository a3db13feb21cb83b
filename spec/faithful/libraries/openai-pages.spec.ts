/**
 * `openai`: a list is a promise of its first page that can be iterated, over all pages, without being awaited. An annotated
 * method gives that promise, and the call lasts until the use of it is over.
 */
import { recorded, span } from '../../support/recorded-telemetry.js';
import { type Model, modelService } from './support/model-service.js';
import { type Script, sendJson } from './support/scripted-server.js';
import { expectTelemetry } from './support/twice.js';
import { twiceServed } from './support/twice-served.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const paging: Script = (response, { url }) =>
  sendJson(
    response,
    url?.includes('after=f2')
      ? { object: 'list', data: [{ id: 'f3' }], has_more: false }
      : { object: 'list', data: [{ id: 'f1' }, { id: 'f2' }], has_more: true },
  );
const both = ['GET /files', 'GET /files?after=f2'];

test.each<[string, string[], (promise: ReturnType<Model['files']>) => Promise<unknown>]>([
  [
    'awaited',
    both,
    async (promise) => {
      const page = await promise;
      const next = await page.getNextPage();
      return [...page.getPaginatedItems(), ...next.getPaginatedItems()];
    },
  ],
  [
    'iterated',
    both,
    async (promise) => {
      const items = [];
      for await (const item of promise) items.push(item);
      return items;
    },
  ],
  [
    'iterated page by page',
    both,
    async (promise) => {
      const items = [];
      for await (const page of (await promise).iterPages()) items.push(...page.getPaginatedItems());
      return items;
    },
  ],
  [
    'left early',
    both.slice(0, 1),
    async (promise) => {
      for await (const item of promise) if (item.id === 'f2') return [item];
      return [];
    },
  ],
])('%s', async (_how, expected, use) => {
  const { gave, requests } = await twiceServed(paging, modelService, async (model) => {
    const promise = model.files();
    return [promise === model.given, await use(promise)];
  });
  expect(gave).toEqual([true, expect.arrayContaining([{ id: expected.length === 2 ? 'f3' : 'f2' }])]);
  expect(requests).toEqual(expected);
  await expectTelemetry(span('Model.files'));
});
