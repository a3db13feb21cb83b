/**
 * A program of its own, where promises of Node are the language's own and ES modules load: runs each exercise on a bare
 * and an annotated service, and prints what they gave and what was told. Takes the address of a server.
 */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { execa } from 'execa';
import got from 'got';
import PCancelable from 'p-cancelable';
import { bootstrap } from 'spandrel';
import { KeepingExporter } from '../../../support/keeping-exporter.js';
import { annotated, type Log, type Mark, outcomeOf } from './twice.js';

const [, , url = ''] = process.argv;

const work = (mark: Mark, log: Log) => {
  class Work {
    given: unknown;

    @mark
    run(script: string) {
      const child = execa(process.execPath, ['-e', script]);
      this.given = child;
      return child;
    }

    @mark
    got(path: string) {
      const promise = got(url + path, { retry: { limit: 0 } });
      this.given = promise;
      return promise;
    }

    @mark
    gotJson(path: string) {
      return got(url + path, { retry: { limit: 0 } }).json();
    }

    @mark
    wait(value: string) {
      const promise = new PCancelable<string>((resolve, _reject, onCancel) => {
        const timer = setTimeout(() => resolve(value), 1);
        onCancel(() => {
          clearTimeout(timer);
          log.push('cancelled');
        });
      });
      this.given = promise;
      return promise;
    }

    @mark
    fetched(path: string) {
      return fetch(url + path);
    }

    @mark
    body(path: string) {
      return fetch(url + path).then((response) => response.body as unknown as ReadableStream<Uint8Array>);
    }

    @mark
    file(path: string) {
      return readFile(path, 'utf8');
    }

    @mark
    piped(path: string) {
      return pipeline(createReadStream(path), new PassThrough().resume());
    }

    @mark
    chunks(path: string) {
      return createReadStream(path, { encoding: 'utf8', highWaterMark: 16 })[Symbol.asyncIterator]();
    }
  }
  return new Work();
};

type Work = ReturnType<typeof work>;

const here = new URL(import.meta.url).pathname;
const missing = '/home/me/nothing';

const exercises: Record<string, (service: Work, log: Log) => Promise<unknown>> = {
  async execa(service) {
    const child = service.run('console.log("out"); process.exitCode = Number(process.argv[1] ?? 0)');
    const same = child === (service.given as unknown);
    const { stdout } = await child;
    const failed = service.run('process.exit(3)');
    const { exitCode } = (await failed.catch((error: unknown) => error)) as { exitCode?: number };
    return [same, typeof failed.kill, child.pid !== undefined, stdout, exitCode];
  },
  async got(service) {
    const promise = service.got('/json');
    const shape = [promise === service.given, promise instanceof Promise, Object.keys(promise), typeof promise.cancel];
    return [shape, (await promise).statusCode, (await service.got('/whole')).body];
  },
  async 'got’s shortcuts'(service) {
    const promise = service.got('/json');
    // Each of them copies all that the promise has as its own onto another promise.
    const [json, text] = [promise.json(), promise.text()];
    return [await json, await json.then((body) => body), await text.catch(() => ''), await service.gotJson('/json')];
  },
  async 'got failing and cancelled'(service) {
    const cancelled = service.got('/open');
    const pending = outcomeOf(cancelled);
    cancelled.cancel();
    return [await outcomeOf(service.got('/missing')), await pending, await outcomeOf(service.gotJson('/missing'))];
  },
  async 'p-cancelable'(service) {
    const promise = service.wait('done');
    const same = [promise === service.given, promise instanceof PCancelable, promise instanceof Promise];
    const cancelled = service.wait('never');
    const pending = outcomeOf(cancelled);
    cancelled.cancel('enough');
    return [same, await promise, cancelled.isCanceled, await pending];
  },
  async fetch(service) {
    const response = await service.fetched('/json');
    return [
      response.status,
      await response.json(),
      await outcomeOf(service.fetched('/whole').then((whole) => whole.text())),
    ];
  },
  async 'a body in a promise of Node'(service) {
    return [await text(await service.body('/whole')), await outcomeOf(text(await service.body('/dying')))];
  },
  async 'promises of Node'(service) {
    const found = await service.file(here);
    return [
      found.length > 0,
      await outcomeOf(service.file(missing)),
      await service.piped(here),
      await outcomeOf(service.piped(missing)),
    ];
  },
  async 'an iteration of Node'(service) {
    let all = '';
    for await (const chunk of service.chunks(here)) {
      all += chunk;
      if (all.length > 40) break;
    }
    return [all.slice(0, 40), await outcomeOf((async () => service.chunks(missing).next())())];
  },
};

const told: Record<string, unknown> = {};
for (const [name, exercise] of Object.entries(exercises)) {
  const runs: unknown[] = [];
  const spans = new KeepingExporter();
  for (const mark of [() => {}, annotated] as Mark[]) {
    const log: Log = [];
    const telemetry = bootstrap({ export: { protocol: 'none', spanExporters: [spans] } });
    const gave = await exercise(work(mark, log), log);
    await new Promise(setImmediate);
    await telemetry.flush();
    runs.push({ gave, log });
    if (mark !== annotated) continue;
    const ended = [...spans.getFinishedSpans()].sort(
      (a, b) => a.startTime[0] - b.startTime[0] || a.startTime[1] - b.startTime[1],
    );
    told[name] = {
      bare: runs[0],
      annotated: runs[1],
      spans: ended.map((span) => [span.name, span.attributes['error.type'] ?? 'success'].join(' ')),
    };
    await telemetry.shutdown();
  }
}
process.stdout.write(JSON.stringify(told));
