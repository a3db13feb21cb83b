/**
 * Options that the compiler refuses by their name, one mistake a row.
 */
import { type Mistake, onClass, onMethod } from './mistake.js';

const entry = ['Source<unknown, EntryOrigin>'];

const unknownOptions: readonly Mistake[] = [
  onMethod('@Traced: an unknown option', `@Traced({ «nmae»: 'x' })`, `'nmae' does not exist`),
  onMethod(
    '@Traced: an unknown option among others',
    `@Traced({ kind: 'client', «unit»: 's' })`,
    `'unit' does not exist`,
  ),
  onMethod('@Counted: an unknown option', `@Counted('n', { «nmae»: 'x' })`, `'nmae' does not exist`),
  onMethod('@Timed: an unknown option', `@Timed('n', { «amount»: 1 })`, `'amount' does not exist`),
  onMethod('@InFlight: an unknown option', `@InFlight('n', { «when»: 'error' })`, `'when' does not exist`),
  onMethod('@Untraced: an option', `@Untraced(«{ name: 'x' }»)`, 'Expected 0 arguments'),
  {
    what: '@Gauged: an option of a class',
    code: `class Shop { @Gauged('n', { «include»: ['a'] }) get size(): number { return 1; } }`,
    says: [`'include' does not exist`],
  },
  onClass('@Counted: the prefix of @Traced', `@Counted('n', { «prefix»: 'x' })`, `'prefix' does not exist`),
  { what: 'traced(): an unknown option', code: `traced({ «nmae»: 'x' }, () => 1);`, says: [`'nmae' does not exist`] },
  {
    what: 'traced(): an option of a class',
    code: `traced({ «include»: ['x'] }, () => 1);`,
    says: [`'include' does not exist`],
  },
];

const sources: readonly Mistake[] = [
  ...['result', 'error', 'outcome'].flatMap((word) => [
    onMethod(`parent: call.${word}()`, `@Traced({ «parent»: call.${word}() })`, `"${word}"`, 'EntryOrigin'),
    onMethod(`links: call.${word}()`, `@Traced({ «links»: call.${word}() })`, `"${word}"`, ...entry),
    onMethod(
      `an attribute of @InFlight: call.${word}()`,
      `@InFlight('n', { attributes: { «size»: call.${word}() } })`,
      `"${word}"`,
      ...entry,
    ),
  ]),
  onMethod('a source among links', `@Traced({ links: [«call.arg(0)»] })`, `'LinkValue'`),
  onMethod('name: a source', `@Traced({ «name»: call.arg(0) })`, `'Source<unknown, "arg">'`, 'string'),
  onMethod('kind: a source', `@Traced({ «kind»: call.arg(0) })`, `'Source<unknown, "arg">'`, 'SpanKindName'),
  onMethod('expected: a source', `@Traced({ «expected»: call.error() })`, `"error"`),
  onMethod('amount: call.outcome()', `@Counted('n', { «amount»: call.outcome() })`, `"outcome"`, 'AmountOrigin'),
  onMethod(
    'amount: call.outcome() as a number',
    `@Counted('n', { «amount»: call.outcome().map(() => 1) })`,
    `"outcome"`,
  ),
  onMethod('description: a source', `@Counted('n', { «description»: call.arg(0) })`, `'string'`),
  ...['arg(0)', 'result()', 'error()', 'outcome()'].map((word) => ({
    what: `an attribute of @Gauged: call.${word}`,
    code: `class Shop { @Gauged('n', { attributes: { «size»: call.${word} } }) get size(): number { return 1; } }`,
    says: ['Source<unknown, "self">'],
  })),
];

const values: readonly Mistake[] = [
  onMethod('kind: none of the five', `@Traced({ «kind»: 'outer' })`, 'SpanKindName'),
  onMethod('name: a function that gives no text', `@Traced({ «name»: () => 5 })`, `'string'`),
  onMethod(
    'name: a function of the result',
    `@Traced({ name: ({ «result» }) => String(result) })`,
    `'result' does not exist`,
  ),
  onMethod('parent: a text', `@Traced({ «parent»: 'remote' })`, `"remote"`, '"active" | "root"'),
  onMethod('parent: a promise', `@Traced({ «parent»: async () => ({}) })`, 'ParentValue'),
  onMethod('parent: a function of the error', `@Traced({ parent: ({ «error» }) => error })`, `'error' does not exist`),
  onMethod('links: texts', `@Traced({ links: [«'x'»] })`, `'LinkValue'`),
  onMethod('expected: no class', `@Traced({ expected: [«404»] })`, 'ThrownClass'),
  onMethod('expected: a function that says nothing', `@Traced({ «expected»: () => 5 })`, `'boolean'`),
  onMethod('callback: another word', `@Traced({ «callback»: 'first' })`, `"first"`),
  onMethod(
    'attributes: an object as a value',
    `@Traced({ attributes: { order: { «id»: 1 } } })`,
    `'id' does not exist`,
  ),
  onMethod('attributes: null', `@Counted('n', { attributes: { «size»: null } })`, 'AttributeSource'),
  onMethod('attributes: a source', `@Traced({ «attributes»: call.arg(0) })`, 'AttributeSource'),
  onMethod('when: none of the three', `@Counted('n', { «when»: 'failure' })`, '"settled"'),
  onMethod('amount: a text', `@Counted('n', { «amount»: '1' })`, `'string'`),
  onMethod('amount: a function that gives a text', `@Counted('n', { «amount»: () => 'many' })`, 'number'),
  onMethod('unit: no unit of time', `@Timed('n', { «unit»: 'min' })`, '"ms"'),
  onMethod('buckets: texts', `@Timed('n', { buckets: [«'1'»] })`, `'number'`),
  onMethod('a metric without a name', `@«Counted»()`, 'Expected 1-2 arguments'),
  onMethod('a metric whose name is a number', `@Timed(«5»)`, `'string'`),
  onMethod('an index that is a text', `@Traced({ attributes: { a: call.arg(«'0'») } })`, `'number'`),
  onMethod('a function of other arguments', `@Traced({ attributes: { a: (text: «string») => text } })`, 'CallFacts'),
  {
    what: 'combine: none of the three',
    code: `class Shop { @Gauged('n', { «combine»: 'mean' }) get size(): number { return 1; } }`,
    says: ['"sum"'],
  },
  { what: 'traced(): no function', code: `traced({}, «'order'»);`, says: ['AnyFunction'] },
  {
    what: 'traced(): facts of another function',
    code: `traced({ name: «({ args: [n] }: CallFacts<[n: number]>) => n.toFixed()» }, (path: string) => path);`,
    says: ['CallFacts<[n: number]>', 'CallFacts<[path: string]'],
  },
  {
    what: 'traced(): an argument that is not there',
    code: `traced({ attributes: { size: ({ args: [, «second»] }) => second } }, (path: string) => path);`,
    says: [`'1'`],
  },
  {
    what: 'traced(): a result the function does not give',
    code: `traced({ attributes: { size: ({ result }) => result?.«size» } }, async (path: string) => path);`,
    says: [`'size'`, `'string'`],
  },
];

const selections: readonly Mistake[] = [
  onClass('include: a typo', `@«Traced»({ include: ['ordr'] })`, 'include: no method of the class', '"ordr"'),
  onClass('exclude: a typo', `@«Traced»({ exclude: ['order', 'ordr'] })`, 'exclude: no method of the class', '"ordr"'),
  onClass('include: a field', `@«Counted»('n', { include: ['count'] })`, 'include: no method of the class', '"count"'),
  onClass('include: a getter', `@«Timed»('n', { include: ['size'] })`, 'include: no method of the class', '"size"'),
  onClass(
    'include: an accessor field',
    `@«Traced»({ include: ['rate'] })`,
    'include: no method of the class',
    '"rate"',
  ),
  onClass(
    'include: a static field',
    `@«InFlight»('n', { include: ['region'] })`,
    'include: no method of the class',
    '"region"',
  ),
  onClass(
    'include: a symbol of another',
    `@«Traced»({ include: [tag, Symbol.iterator] })`,
    'include: no method of the class',
  ),
  onClass('include: what every object has', `@«Traced»({ include: ['toString'] })`, '"toString"'),
  onClass('include: the constructor', `@«Traced»({ include: ['constructor'] })`, '"constructor"'),
  onClass('include: a typo, of inherited ones', `@«Traced»({ include: ['ordr'], inherited: true })`, '"ordr"'),
  onClass('include: no list', `@Traced({ «include»: 'order' })`, 'readonly'),
  onClass('include: a number', `@Traced({ include: [«5»] })`, 'number'),
  onClass('inherited: a text', `@Traced({ «inherited»: 'yes' })`, 'boolean'),
  ...['include: ["order"]', 'exclude: ["order"]', 'inherited: true'].map((option) =>
    onMethod(`on a method: ${option}`, `@«Counted»('n', { ${option} })`, `"${option.split(':')[0]}"`),
  ),
  onMethod('on a method: prefix', `@«Traced»({ prefix: 'shop' })`, '"prefix"'),
];

export const optionMistakes = { unknownOptions, sources, values, selections };
