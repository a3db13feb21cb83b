/**
 * Postgres.js: a query is a subclass of Promise that is sent by its `then`, and can be told before how it is to be sent. An
 * annotated method gives the very query, sends nothing, and its call lasts until what the caller does with it is over.
 */
import postgres from 'postgres';
import { failedSpan, recorded, span } from '../../support/recorded-telemetry.js';
import { openPostgres, type ScriptedPostgres } from './support/scripted-postgres.js';
import { annotated, expectTelemetry, type Log, type Mark, outcomeOf, twice } from './support/twice.js';

beforeEach(() => void recorded.start());
afterEach(() => recorded.stop());

const opened: postgres.Sql[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((sql) => sql.end({ timeout: 0 })));
});

interface Row {
  readonly name: string;
}

const shop = ({ port, ran }: ScriptedPostgres, mark: Mark) => {
  const sql = postgres({ host: '127.0.0.1', port, max: 1, fetch_types: false, ssl: false, onnotice: () => {} });
  opened.push(sql);
  class Shop {
    readonly ran = ran;
    given: unknown;

    @mark
    all() {
      const query = sql<Row[]>`select name from shop`;
      this.given = query;
      return query;
    }

    @mark
    named(name: string) {
      return sql<Row[]>`select name from shop where name <> ${name}`;
    }

    @mark
    failing() {
      return sql<Row[]>`select name from nowhere`;
    }

    @mark
    async first(): Promise<string | undefined> {
      const [row] = await this.all();
      return row?.name;
    }
  }
  return new Shop();
};

const answers = (statement: string): string[] => {
  if (statement.includes('nowhere')) throw new Error('relation "nowhere" does not exist');
  return statement.includes('$1') ? ['apples', 'cheese'] : ['apples', 'bread', 'cheese'];
};

async function shopping<Result>(exercise: (service: ReturnType<typeof shop>, log: Log) => Promise<Result>) {
  const servers = [await openPostgres(answers), await openPostgres(answers)];
  return twice(
    (mark) => shop(servers.shift() as ScriptedPostgres, mark),
    async (service, log) => ({ gave: await exercise(service, log), ran: service.ran }),
  );
}

const all = ['apples', 'bread', 'cheese'];
const names = (rows: readonly Row[]): string[] => rows.map(({ name }) => name);

test('it is the query it was, and nothing is sent before it is awaited', async () => {
  const { result } = await shopping(async (service) => {
    const query = service.all();
    const before = [query === service.given, query instanceof Promise, service.ran.length];
    return [before, names(await query), names(await query), names(await service.named('bread'))];
  });
  expect(result).toEqual({
    gave: [[true, true, 0], all, all, ['apples', 'cheese']],
    ran: ['select name from shop', 'select name from shop where name <> $1'],
  });
  await expectTelemetry(span('Shop.all'), span('Shop.named'));
});

type Query = ReturnType<ReturnType<typeof shop>['all']>;

test.each<[string, (query: Query, log: Log) => Promise<unknown>]>([
  ['then', async (query) => query.then(names)],
  ['catch', async (query) => names((await query.catch(() => [])) as Row[])],
  ['finally', async (query, log) => names(await query.finally(() => void log.push('finally')))],
  ['values', async (query) => (await query.values()).flat()],
  ['raw', async (query) => (await query.raw()).flat().map(String)],
  ['simple', async (query) => names(await query.simple())],
  ['execute', async (query) => names(await query.execute())],
  [
    'forEach',
    async (query) => {
      const found: string[] = [];
      await query.forEach(({ name }) => void found.push(name));
      return found;
    },
  ],
  [
    'cursor with a function',
    async (query) => {
      const found: string[] = [];
      await query.cursor(2, (rows) => void found.push(...names(rows)));
      return found;
    },
  ],
])('asked by %s', async (_how, use) => {
  const { result } = await shopping(async (service, log) => use(service.all(), log));
  expect(result).toEqual({ gave: all, ran: ['select name from shop'] });
  await expectTelemetry(span('Shop.all'));
});

test('its failure is the failure of the call, also when it was sent before it was awaited', async () => {
  const { result } = await shopping(async (service) => {
    const sent = service.failing().execute();
    return [
      await outcomeOf(service.failing()),
      await service.failing().catch((error: { code?: string }) => error.code),
      await outcomeOf(sent),
      await service.first(),
    ];
  });
  const rejected = { rejected: 'PostgresError PostgresError 42P01: relation "nowhere" does not exist' };
  expect(result.gave).toEqual([rejected, '42P01', rejected, 'apples']);
  const failing = failedSpan('Shop.failing', { type: 'PostgresError', message: 'relation "nowhere" does not exist' });
  await expectTelemetry(failing, failing, failing, span('Shop.first', {}, span('Shop.all')));
});

test('read by a cursor that is an iterable of its own making: what was read is what was there', async () => {
  const { result } = await shopping(async (service, log) => {
    for await (const rows of service.all().cursor(2)) log.push(names(rows));
    for await (const rows of service.all().cursor(1)) {
      log.push(names(rows));
      break;
    }
  });
  expect(result.ran).toHaveLength(2);
  // Nobody asked the promise itself: that is told when there is nobody left who could.
  await recorded.stop();
  const abandoned = span('Shop.all', { attributes: { 'spandrel.abandoned': true } });
  expect(await recorded.trees()).toEqual([abandoned, abandoned]);
});

test('a query that is never asked is never sent', async () => {
  const server = await openPostgres(answers);
  shop(server, annotated).all();
  await recorded.stop();
  expect(server.ran).toEqual([]);
  expect(await recorded.trees()).toEqual([span('Shop.all', { attributes: { 'spandrel.abandoned': true } })]);
});
