/**
 * Methods that give a value, a promise of any make, or what only looks like a promise.
 */
import { bad, endedBefore, judged, lacking, shown, spanTrouble, thrownBy, wrong } from '../verdict.mjs';

const section = 'Values and promises';

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function endsAsItResolves(world, { Returns }) {
  const given = new Returns().later(() => {
    world.note('body done');
    return 3;
  });
  const isPromise = given instanceof Promise;
  const value = await given;
  await world.rest();
  return judged(
    'ends as it resolves',
    wrong(!isPromise || value !== 3, `${shown(value)} instead of a promise of 3`),
    spanTrouble(world),
    wrong(endedBefore(world, 'body done'), 'ends before it resolves'),
  );
}

/** A query builder as knex, Mongoose and Prisma have them: it runs each time somebody awaits it. */
class Query {
  runs = 0;
  conditions = [];

  where(condition) {
    this.conditions.push(condition);
    return this;
  }

  // biome-ignore lint/suspicious/noThenProperty: a lazy thenable is what the case is about
  then(fulfilled, rejected) {
    this.runs += 1;
    return Promise.resolve(this.conditions.join()).then(fulfilled, rejected);
  }

  catch(rejected) {
    return this.then(undefined, rejected);
  }

  finally(settled) {
    return this.then().finally(settled);
  }
}

export const cases = [
  {
    id: 'sync-value',
    section,
    row: 'A synchronous method stays synchronous',
    subject: 'returns',
    async run(world, { Returns }) {
      const value = new Returns().give(() => 3);
      await world.rest();
      return judged('value at once', wrong(value !== 3, `${shown(value)} instead of the value`), spanTrouble(world));
    },
  },
  {
    id: 'async',
    section,
    row: 'An `async` method: the span ends when it settles',
    subject: 'returns',
    run: endsAsItResolves,
  },
  {
    id: 'async-down-levelled',
    section,
    row: '… compiled to ES2016, where there is no `async`',
    subject: 'returns',
    target: 'es2016',
    run: endsAsItResolves,
  },
  {
    id: 'sync-giving-promise',
    section,
    row: 'A plain method that gives a promise: the same',
    subject: 'returns',
    async run(world, { Returns }) {
      const error = new Error('late');
      const settles = async () => {
        await after(5);
        world.note('settles');
        throw error;
      };
      const caught = await thrownBy(() => new Returns().give(settles));
      await world.rest();
      return judged(
        'ends as it settles',
        wrong(caught?.thrown !== error, 'the rejection is lost'),
        spanTrouble(world),
        wrong(endedBefore(world, 'settles'), 'ends before it settles'),
      );
    },
  },
  {
    id: 'promise-identity',
    section,
    row: '… and the very promise comes back',
    subject: 'returns',
    async run(world, { Returns }) {
      const made = after(5);
      const given = new Returns().give(() => made);
      await given;
      await world.rest();
      return judged('the very promise', wrong(given !== made, 'another that settles alike'), spanTrouble(world));
    },
  },
  {
    id: 'thenable-chain',
    section,
    row: 'A lazy query (a thenable) keeps its chain: `.where()` works on what comes back',
    subject: 'returns',
    async run(world, { Returns }) {
      const query = new Query();
      const given = new Returns().give(() => query);
      const chained = typeof given.where === 'function';
      await world.rest();
      return judged(
        given === query ? 'the very object' : 'another object, same methods',
        wrong(!chained, `${shown(given)}: chain lost`),
        spanTrouble(world),
      );
    },
  },
  {
    id: 'thenable-runs',
    section,
    row: '… and is run by the one who awaits it, not by the tracer',
    subject: 'returns',
    async run(world, { Returns }) {
      const query = new Query();
      const given = new Returns().give(() => query);
      await world.rest();
      const early = query.runs;
      await given;
      await world.rest();
      return judged(
        'runs once, when awaited',
        wrong(early > 0, 'runs before anybody awaits it'),
        wrong(query.runs !== 1, `runs ${query.runs} times`),
        spanTrouble(world),
      );
    },
  },
  {
    id: 'thenable-void',
    section,
    row: '… also one that has `then` alone, which gives nothing back',
    subject: 'returns',
    async run(world, { Returns }) {
      // biome-ignore lint/suspicious/noThenProperty: a thenable of the barest kind is what the case is about
      const bare = { then: (fulfilled) => void setImmediate(fulfilled, 3) };
      const caught = await thrownBy(() => new Returns().give(() => bare));
      if (caught !== undefined) return bad(`throws ${shown(caught.thrown)}`);
      const value = await new Returns().give(() => bare);
      await world.rest();
      return judged('passes', lacking(value !== 3, `resolves with ${shown(value)}`), spanTrouble(world, 2));
    },
  },
];
