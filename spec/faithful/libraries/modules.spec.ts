/**
 * Libraries that are ES modules, and promises that Node's own modules make, in a program of its own: in the realm of a test
 * they would be another realm's. execa's result is a child process with a `then`; got's and p-cancelable's are promises
 * that can be cancelled.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pages } from './support/fetching.js';
import { openServer, sendJson } from './support/scripted-server.js';

interface Told {
  readonly bare: { readonly gave: unknown; readonly log: unknown[] };
  readonly annotated: Told['bare'];
  readonly spans: readonly string[];
}

let told: Readonly<Record<string, Told>>;
let requests: readonly string[];

beforeAll(async () => {
  const server = await openServer((response, request, nth) =>
    request.url === '/missing' ? sendJson(response, {}, 404) : pages(response, request, nth),
  );
  requests = server.requests;
  const program = join(__dirname, 'support', 'modules-program.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', program, server.url]);
  told = JSON.parse(stdout) as typeof told;
});

const missing = "ENOENT: no such file or directory, open '/home/me/nothing'";

test.each<[string, unknown, readonly string[]]>([
  ['execa', [true, 'function', true, 'out', 3], ['Work.run success', 'Work.run success']],
  [
    'got',
    [[true, true, ['on', 'off', 'json', 'buffer', 'text'], 'function'], 200, 'one two three'],
    ['Work.got success', 'Work.got success'],
  ],
  ['got’s shortcuts', [{ one: 1 }, { one: 1 }, '{"one":1}', { one: 1 }], ['Work.got success', 'Work.gotJson success']],
  [
    'got failing and cancelled',
    [
      { rejected: expect.stringContaining('HTTPError') },
      { rejected: 'CancelError CancelError ERR_CANCELED: Promise was canceled' },
      { rejected: expect.stringContaining('HTTPError') },
    ],
    ['Work.got CancelError', 'Work.got HTTPError', 'Work.gotJson HTTPError'],
  ],
  [
    'p-cancelable',
    [[true, true, true], 'done', true, { rejected: 'CancelError CancelError: enough' }],
    ['Work.wait success', 'Work.wait CancelError'],
  ],
  ['fetch', [200, { one: 1 }, { resolved: 'one two three' }], ['Work.fetched success', 'Work.fetched success']],
  [
    'a body in a promise of Node',
    ['one two three', { rejected: 'TypeError TypeError: terminated' }],
    ['Work.body success', 'Work.body TypeError'],
  ],
  [
    'promises of Node',
    [true, { rejected: `Error Error ENOENT: ${missing}` }, null, { rejected: `Error Error ENOENT: ${missing}` }],
    ['Work.file success', 'Work.file ENOENT', 'Work.piped success', 'Work.piped ENOENT'],
  ],
  [
    'an iteration of Node',
    [expect.stringContaining('A program of its own'), { rejected: `Error Error ENOENT: ${missing}` }],
    ['Work.chunks success', 'Work.chunks ENOENT'],
  ],
])('%s', (name, gave, spans) => {
  expect(told[name]?.annotated).toEqual(told[name]?.bare);
  expect(told[name]?.annotated.gave).toEqual(gave);
  expect(told[name]?.spans).toEqual(spans);
});

test('each library made the same requests for both', () => {
  const count = (path: string): number => requests.filter((request) => request === `GET ${path}`).length;
  // What is cancelled at once is not asked for at all.
  expect(['/json', '/whole', '/open', '/missing', '/dying'].map(count)).toEqual([8, 6, 0, 4, 2]);
});
