/**
 * What can be told from outside of the function that stands in the method's place.
 */
import { types } from 'node:util';
import { counted, judged, lacking, shown, spanTrouble, wrong } from '../verdict.mjs';

const section = 'The function itself';

const flags = ({ enumerable, configurable, writable }) => JSON.stringify({ enumerable, configurable, writable });

const metadataOf = (method) => Reflect.getMetadata('tag', method);

const rows = [
  {
    id: 'name-length',
    row: '`name` and `length`',
    async run(_world, { Identity }) {
      const { name, length } = Identity.prototype.someName;
      return judged('`someName`, 3', wrong(name !== 'someName' || length !== 3, `\`${name || "''"}\`, ${length}`));
    },
  },
  {
    id: 'to-string',
    row: '`toString()` gives the method’s text',
    async run(_world, { Identity }) {
      const text = String(Identity.prototype.someName);
      const native = text.includes('[native code]');
      return judged('it does', wrong(!text.startsWith('someName('), native ? '`[native code]`' : 'the wrapper’s text'));
    },
  },
  {
    id: 'async-function',
    row: '`util.types.isAsyncFunction` of an `async` method',
    subject: 'returns',
    async run(_world, { Returns }) {
      new Returns();
      return judged('true', wrong(!types.isAsyncFunction(Returns.prototype.later), 'false'));
    },
  },
  {
    id: 'descriptor',
    row: 'The property: not enumerable, writable, configurable',
    async run(_world, { Identity }) {
      const found = Object.getOwnPropertyDescriptor(Identity.prototype, 'someName');
      const expected = flags({ enumerable: false, configurable: true, writable: true });
      return judged('as written', wrong(found === undefined || flags(found) !== expected, flags(found ?? {})));
    },
  },
  {
    id: 'own-properties',
    row: 'What another decorator below left on the function',
    async run(_world, { Identity }) {
      return judged('kept', wrong(Identity.prototype.markedBelow.tag !== 'marked', 'lost'));
    },
  },
  {
    id: 'metadata-below',
    row: 'Reflect metadata of a decorator below (routes, validation, OpenAPI)',
    async run(_world, { Identity }) {
      return judged('kept', wrong(metadataOf(Identity.prototype.markedBelow) !== 'marked', 'lost'));
    },
  },
  {
    id: 'metadata-above',
    row: '… and of one above',
    async run(_world, { Identity }) {
      return judged('kept', wrong(metadataOf(Identity.prototype.markedAbove) !== 'marked', 'lost'));
    },
  },
  {
    id: 'this',
    row: '`this`, with its `#private` fields',
    async run(world, { Identity }) {
      const value = await new Identity().own();
      await world.rest();
      return judged('kept', wrong(value !== 'own', `gives ${shown(value)}`), spanTrouble(world));
    },
  },
  {
    id: 'static',
    row: 'A static method',
    async run(world, { Identity }) {
      const value = await Identity.fixed();
      await world.rest();
      return judged('traced', wrong(value !== Identity, `\`this\` is ${shown(value)}`), spanTrouble(world));
    },
  },
  {
    id: 'symbol-name',
    row: 'A method named by a symbol',
    async run(world, { Identity, symbolName }) {
      const value = await new Identity()[symbolName]();
      await world.rest();
      return judged('traced', wrong(value !== 7, `gives ${shown(value)}`), spanTrouble(world));
    },
  },
];

/** Spandrel knows some classes of the standard dialect from their first construction on: nothing is asked before. */
const constructed = (run) => (world, subject) => {
  if (subject.Identity !== undefined) new subject.Identity();
  return run(world, subject);
};

export const cases = [
  ...rows.map((row) => ({ subject: 'identity', section, ...row, run: constructed(row.run) })),
  {
    id: 'twice',
    section,
    subject: 'twice',
    row: 'Annotated twice: one span a call',
    refusable: true,
    async run(world, { Twice }) {
      const value = await new Twice().give(() => 3);
      await world.rest();
      const { length } = world.spans;
      return judged(
        '1 span',
        lacking(length > 1, `${counted(length)} a call`),
        wrong(value !== 3, shown(value)),
        spanTrouble(world),
      );
    },
  },
];
