/**
 * A service whose methods hand out responses and their bodies, of whichever `fetch` it is given.
 */
import type { ReadableStream } from 'node:stream/web';
import type { Script } from './scripted-server.js';
import type { Mark } from './twice.js';

/** What the `fetch` of Node and that of the `undici` package have in common here. */
type Fetch = (
  url: string,
  init?: { signal?: AbortSignal },
) => Promise<{
  readonly ok: boolean;
  readonly body: unknown;
  readonly bodyUsed: boolean;
  text(): Promise<string>;
  json(): Promise<unknown>;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

export const fetching = (fetch: Fetch, url: string, mark: Mark) => {
  class Pages {
    given: unknown;

    @mark
    response(path: string, signal?: AbortSignal): ReturnType<Fetch> {
      return fetch(url + path, { signal });
    }

    @mark
    async body(path: string, signal?: AbortSignal): Promise<ReadableStream<Uint8Array>> {
      const response = await fetch(url + path, { signal });
      this.given = response.body;
      return response.body as ReadableStream<Uint8Array>;
    }

    /** The same, not in a promise. */
    @mark
    hand<T>(stream: T): T {
      return stream;
    }

    @mark
    async text(path: string): Promise<string> {
      return (await this.response(path)).text();
    }
  }
  return new Pages();
};

export type Pages = ReturnType<typeof fetching>;

/** Answers `/whole` in three parts, `/dying` by half, `/open` without an end, `/json`. */
export const pages: Script = (response, { url }) => {
  if (url === '/json') {
    response.setHeader('content-type', 'application/json');
    response.end('{"one":1}');
  } else if (url === '/whole') {
    response.write('one ', () => response.write('two ', () => response.end('three')));
  } else {
    response.write('one ', () => {
      if (url === '/dying') response.destroy();
    });
  }
};
