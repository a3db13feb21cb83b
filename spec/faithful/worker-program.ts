/**
 * A program of its own with three threads: the main one and one worker start telemetry, another worker does not. Each tells
 * what its exporter got and how its methods ran.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { trace } from '@opentelemetry/api';
import { annotate, bootstrap, Counted, log, Traced } from 'spandrel';

type Story = Record<string, unknown>;

class Calling {
  @Traced()
  @Counted('threads.calls')
  async run(thread: string): Promise<boolean> {
    annotate({ thread });
    await Promise.resolve();
    return trace.getActiveSpan() !== undefined;
  }
}

const sent: [name: string, thread: unknown][] = [];
const spanExporter = {
  export(batch: readonly { name: string; attributes: Record<string, unknown> }[], done: (result: { code: 0 }) => void) {
    sent.push(...batch.map(({ name, attributes }): [string, unknown] => [name, attributes['thread']]));
    done({ code: 0 });
  },
  shutdown: () => Promise.resolve(),
};
const settings = { service: 'threads', export: { protocol: 'none', spanExporters: [spanExporter] } } as const;
const bare = Calling.prototype.run;
const isWoven = (): boolean => Calling.prototype.run !== bare;

/** A worker does not inherit what compiles this program. */
const beginning = `import('tsx/esm/api').then(({ register }) => {
  register();
  return import(${JSON.stringify(import.meta.url)});
})`;

/** One thing a worker was asked to do is done when it has answered. */
function ask(worker: Worker, what: string): Promise<Story> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
    worker.postMessage(what);
  });
}

async function main(): Promise<void> {
  const telemetry = bootstrap(settings);
  const [own, none] = ['own', 'none'].map((name) => new Worker(beginning, { eval: true, workerData: name })) as [
    Worker,
    Worker,
  ];
  const story: Story = { mainActive: await new Calling().run('main') };
  story['ownStarts'] = await ask(own, 'start');
  story['ownRuns'] = await ask(own, 'run');
  story['noneRuns'] = await ask(none, 'run');
  await telemetry.flush();
  story['mainSent'] = [...sent];
  await telemetry.shutdown();
  story['mainWoven'] = isWoven();
  story['ownRunsOn'] = await ask(own, 'run');
  story['noneRunsOn'] = await ask(none, 'run');
  story['again'] = bootstrap(settings) !== telemetry;
  story['ownStops'] = await ask(own, 'stop');
  story['mainWovenStill'] = isWoven();
  await new Calling().run('main again');
  await bootstrap().shutdown();
  story['mainSentInAll'] = sent;
  await Promise.all([own.terminate(), none.terminate()]);
  process.stdout.write(JSON.stringify(story));
}

async function answer(what: string): Promise<Story> {
  log.info('in a worker');
  if (what === 'start') return { state: bootstrap(settings).health().state };
  if (what === 'stop') await bootstrap().shutdown();
  const active = what === 'run' ? await new Calling().run(workerData as string) : undefined;
  if (workerData === 'own' && what === 'run') await bootstrap().flush();
  return { active, woven: isWoven(), sent: sent.splice(0) };
}

if (isMainThread) await main();
else parentPort?.on('message', (what: string) => void answer(what).then((story) => parentPort?.postMessage(story)));
