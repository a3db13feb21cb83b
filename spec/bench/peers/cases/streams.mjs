/**
 * Streams, observables and callbacks: what goes on after the method has returned.
 */
import { Readable } from 'node:stream';
import { Observable } from 'rxjs';
import {
  bad,
  counted,
  endedBefore,
  failureTrouble,
  judged,
  momentTrouble,
  shown,
  spanTrouble,
  wrong,
} from '../verdict.mjs';

const section = 'Streams, observables, callbacks';

/** The annotated method with this body; `byHand`, as a user of the package writes it who ends the span. */
function give(world, { Returns }, make) {
  if (world.endsByHand === undefined) return new Returns().give(() => make(() => {}));
  return world.endsByHand(make)();
}

function webStream(done, failure) {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      // As from a network: the source is not done before the reader has what it sent.
      await new Promise((resolve) => setTimeout(resolve, 3));
      at += 1;
      if (at <= 2) return controller.enqueue(at);
      done();
      return failure === undefined ? controller.close() : controller.error(failure);
    },
    cancel: done,
  });
}

function nodeStream(done, failure) {
  let at = 0;
  return new Readable({
    objectMode: true,
    read() {
      at += 1;
      if (at <= 2) this.push(at);
      else if (failure === undefined) this.push(null);
      else this.destroy(failure);
    },
    destroy(error, over) {
      done();
      over(error);
    },
  });
}

/** Reads all of what was given, or until it breaks. */
async function read(world, given) {
  try {
    for await (const chunk of given) world.note(`got ${chunk}`);
  } catch {
    // That the stream breaks is the case's own doing.
  }
  await world.rest();
}

const isStream = (given) => typeof given?.[Symbol.asyncIterator] === 'function';

async function readThrough(world, subject, make) {
  let made;
  const given = give(world, subject, (done) => (made = make(done)));
  if (!isStream(given)) return bad(`${shown(given)}: cannot be read`);
  await read(world, given);
  return judged(
    'same object, ends with its last chunk',
    wrong(given !== made, 'another object'),
    spanTrouble(world),
    momentTrouble(world, 'chunk', 2),
  );
}

async function readBroken(world, { Returns }, make) {
  const given = new Returns().give(() => make(() => {}, new Error('broken off')));
  if (!isStream(given)) return bad(`${shown(given)}: cannot be read`);
  await read(world, given);
  return judged('ERROR, one exception event', spanTrouble(world), failureTrouble(world));
}

/** Two values, each a moment later, then the end; `done` on the end and when nobody listens any more. */
const observable = (done) =>
  new Observable((observer) => {
    const values = [1, 2];
    const timer = setInterval(() => {
      const next = values.shift();
      if (next !== undefined) return observer.next(next);
      return observer.complete();
    }, 3);
    return () => {
      clearInterval(timer);
      done();
    };
  });

const notObservable = (given) => wrong(typeof given?.subscribe !== 'function', `${shown(given)}: no \`subscribe\``);

const listened = (given, next) => new Promise((complete) => given.subscribe({ next, complete }));

async function calledBack(world, { Returns, Callbacks }, error) {
  const body = (done) =>
    void setTimeout(() => {
      world.note('calls back');
      done(error, 3);
    }, 5);
  const callback = () => world.note('got 1');
  const byHand = world.endsByHand;
  if (Callbacks !== undefined) new Callbacks().receive(body, callback);
  else if (byHand === undefined) new Returns().receive(body, callback);
  else
    byHand((done) =>
      body(() => {
        callback();
        done();
      }),
    )();
  await world.rest();
  return judged(
    error === undefined ? 'ends as the callback is called' : 'ERROR, one exception event',
    wrong(!world.notes.includes('got 1'), 'callback never called'),
    spanTrouble(world),
    wrong(endedBefore(world, 'calls back'), 'ends before the callback'),
    error === undefined ? undefined : failureTrouble(world),
  );
}

const rows = [
  {
    id: 'web-stream',
    row: 'A web `ReadableStream`: the span ends when it has been read',
    byHand: true,
    run: (world, subject) => readThrough(world, subject, webStream),
  },
  {
    id: 'web-stream-fails',
    row: '… and tells when it breaks',
    run: (world, subject) => readBroken(world, subject, webStream),
  },
  {
    id: 'promised-stream',
    row: 'An `async` method that resolves with one: the same',
    async run(world, { Returns }) {
      const given = await new Returns().later(() => webStream(() => {}));
      await read(world, given);
      return judged('ends with its last chunk', spanTrouble(world), momentTrouble(world, 'chunk', 2));
    },
  },
  {
    id: 'node-stream',
    row: 'A Node `Readable`: the span ends when it has been read',
    byHand: true,
    run: (world, subject) => readThrough(world, subject, nodeStream),
  },
  {
    id: 'node-stream-fails',
    row: '… and tells when it breaks',
    run: (world, subject) => readBroken(world, subject, nodeStream),
  },
  {
    id: 'observable',
    row: 'An RxJS `Observable`: the span ends when it completes',
    byHand: true,
    async run(world, subject) {
      const given = give(world, subject, observable);
      const trouble = notObservable(given);
      if (trouble !== undefined) return trouble;
      await listened(given, (value) => world.note(`got ${value}`));
      await world.rest();
      return judged('ends as it completes', spanTrouble(world), momentTrouble(world, 'value', 2));
    },
  },
  {
    id: 'observable-subscriptions',
    row: '… one span for each subscription',
    async run(world, { Returns }) {
      const given = new Returns().give(() => observable(() => {}));
      const trouble = notObservable(given);
      if (trouble !== undefined) return trouble;
      await listened(given, () => {});
      await listened(given, () => {});
      await world.rest();
      const { length } = world.spans;
      return judged('2 for 2', wrong(length !== 2, `${counted(length)} for 2 subscriptions`), spanTrouble(world, 2));
    },
  },
  {
    id: 'observable-unsubscribe',
    row: '… and `unsubscribe()` ends it',
    byHand: true,
    async run(world, subject) {
      const given = give(world, subject, observable);
      const trouble = notObservable(given);
      if (trouble !== undefined) return trouble;
      await new Promise((left) => {
        const subscription = given.subscribe((value) => {
          world.note(`got ${value}`);
          subscription.unsubscribe();
          left();
        });
      });
      await world.rest();
      return judged('ends as it is left', spanTrouble(world), momentTrouble(world, 'value', 1));
    },
  },
  {
    id: 'callback',
    row: 'A callback: the span ends when it is called',
    optional: { name: 'awaitsCallback', subject: 'callbacks' },
    byHand: true,
    run: (world, subject) => calledBack(world, subject),
  },
  {
    id: 'callback-fails',
    row: '… and its error is the failure',
    optional: { name: 'awaitsCallback', subject: 'callbacks' },
    run: (world, subject) => calledBack(world, subject, new Error('told by callback')),
  },
];

export const cases = rows.map((row) => ({ ...row, section, subject: 'returns' }));
