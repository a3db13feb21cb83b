/**
 * What a function that somebody gives for an option may do instead of answering, and what it may answer that nobody can use.
 */

/** What the function may be asked for; each can use other answers. */
export type Purpose = 'name' | 'attribute' | 'parent' | 'links' | 'expected' | 'amount';

export interface Way {
  readonly title: string;
  /** Does it, or gives it. `again` calls the very method that is being told. */
  readonly act: (again: () => void, right: unknown) => unknown;
  /** What that is for a purpose: a failure that is told, nothing, or an answer. */
  readonly is: (purpose: Purpose) => 'failure' | 'nothing' | { readonly answer: unknown };
}

const failure = (): 'failure' => 'failure';
const throwing = (title: string, make: () => unknown): Way => ({
  title: `throws ${title}`,
  act: () => {
    throw make();
  },
  is: failure,
});
/** Of use where an attribute, or an amount, is asked for, and nowhere else. */
const odd = (title: string, value: unknown, answers: { readonly [P in Purpose]?: unknown } = {}): Way => ({
  title: `gives ${title}`,
  act: () => value,
  is: (purpose) => (Object.hasOwn(answers, purpose) ? { answer: answers[purpose] } : 'nothing'),
});

const refuse = (): never => {
  throw new Error('do not look');
};
const traps = ['get', 'has', 'ownKeys', 'getPrototypeOf', 'getOwnPropertyDescriptor', 'apply', 'set'] as const;
const hostile = new Proxy(() => undefined, Object.fromEntries(traps.map((trap) => [trap, refuse])));

/** Every property that anybody reads of what an option gives throws. */
const trapped: object = {};
for (const key of [
  'toJSON',
  'context',
  'traceId',
  'spanId',
  'spanContext',
  'getValue',
  'setValue',
  'get',
  'traceparent',
]) {
  Object.defineProperty(trapped, key, { get: refuse, enumerable: true });
}

function deeper(): number {
  return deeper() + 1;
}

export const ways: readonly Way[] = [
  throwing('an error', () => new Error('mine')),
  throwing('null', () => null),
  throwing('undefined', () => undefined),
  throwing('a proxy that refuses to be looked at', () => hostile),
  throwing('an error without a readable message', () =>
    Object.defineProperty(new Error('x'), 'message', { get: refuse }),
  ),
  { title: 'never comes back from a recursion', act: deeper, is: failure },
  { title: 'gives a promise that rejects', act: () => Promise.reject(new Error('later')), is: failure },
  { title: 'gives a promise of the right answer', act: async (_, right) => right, is: failure },
  { title: 'gives a proxy that refuses to be looked at', act: () => hostile, is: failure },
  {
    title: 'gives an object whose every getter throws',
    act: () => trapped,
    is: (purpose) => (['attribute', 'parent', 'links'].includes(purpose) ? 'failure' : 'nothing'),
  },
  {
    title: 'calls the very method, and then answers',
    act: (again, right) => {
      again();
      return right;
    },
    is: () => ({ answer: 'right' }),
  },
  {
    title: 'calls the very method, and then throws',
    act: (again) => {
      again();
      throw new Error('after all');
    },
    is: failure,
  },
  odd('undefined', undefined),
  odd('null', null),
  odd('a number', 42, { attribute: 42, amount: 42 }),
  odd('no number', Number.NaN, { attribute: 'NaN' }),
  odd('a symbol', Symbol('mark')),
  odd('a function', () => 'right'),
  odd('an empty text', '', { attribute: '' }),
  odd('an empty object', {}, { attribute: '{}' }),
  odd('a list of what it should be', [['right']], { attribute: '[["right"]]' }),
];
