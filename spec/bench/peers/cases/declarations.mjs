/**
 * Where an annotation can stand: on a whole class, on what is private, on accessors, and in which of the two dialects.
 */
import { bad, counted, judged, lacking, shown, spanTrouble, wrong } from '../verdict.mjs';

const section = 'Declarations';

/** A call of a member that the annotation of the class should have reached. */
const reached = (id, row, call, expected) => ({
  id,
  row,
  needs: 'annotatedClass',
  subject: 'whole-class',
  async run(world, subject) {
    const value = await call(subject);
    await world.rest();
    return judged('traced', wrong(value !== expected, `gives ${shown(value)}`), spanTrouble(world));
  },
});

/** A read of a member that is annotated by itself. */
const read = (id, row, subject, at, expected) => ({
  id,
  row,
  subject,
  needs: 'declarations',
  dialect: id === 'private-method' ? 'standard' : undefined,
  async run(world, built) {
    const value = await at(built);
    await world.rest();
    return judged('traced', wrong(value !== expected, `gives ${shown(value)}`), spanTrouble(world));
  },
});

/** One dialect: whether its class can be defined, and makes a span. */
async function works(world, dialect) {
  const before = world.spans.length;
  try {
    const { Returns } = await world.load('returns', dialect);
    await new Returns().give(() => 3);
    await world.rest();
  } catch (thrown) {
    return `the class cannot be defined (${shown(thrown)})`;
  }
  return world.spans.length === before ? 'no span, silently' : undefined;
}

const rows = [
  {
    id: 'dialects',
    row: 'One import for standard and legacy decorators',
    needs: 'declarations',
    async run(world) {
      const failed = { standard: await works(world, 'standard'), legacy: await works(world, 'legacy') };
      const [first] = Object.entries(failed).filter(([, why]) => why !== undefined);
      return first === undefined ? judged('both') : bad(`${first[0]}: ${first[1]}`);
    },
  },
  reached('class-plain', 'On a class: its methods', ({ WholeClass }) => new WholeClass().plain(), 3),
  reached('class-static', '… its static methods', ({ WholeClass }) => WholeClass.fixed(), 2),
  reached('class-symbol', '… methods named by a symbol', (built) => new built.WholeClass()[built.symbolName](), 4),
  reached('class-inherited', '… what it inherits', ({ WholeClass }) => new WholeClass().inherited(), 1),
  {
    id: 'class-and-method',
    row: '… a method that is annotated itself too: one span',
    needs: 'annotatedClass',
    subject: 'class-and-method',
    async run(world, { ClassAndMethod }) {
      const value = new ClassAndMethod().both();
      await world.rest();
      const { length } = world.spans;
      return judged(
        '1 span',
        lacking(length > 1, `${counted(length)} a call`),
        wrong(value !== 9, `gives ${shown(value)}`),
        spanTrouble(world),
      );
    },
  },
  {
    id: 'class-getter',
    row: '… and its getters are not run by that',
    needs: 'annotatedClass',
    subject: 'whole-class',
    async run(_world, { reads }) {
      return judged('not run', wrong(reads.count > 0, `run ${reads.count} times`));
    },
  },
  read('private-method', 'On a `#private` method', 'private-method', (it) => new it.PrivateMethod().reveal(), 5),
  read('getter', 'On a getter: a span a read', 'getter', (it) => new it.Getter().size, 6),
  read('accessor', 'On an `accessor` field: a span a read', 'accessor', (it) => new it.Accessor().size, 8),
];

export const cases = rows.map((row) => ({ ...row, section }));
