/**
 * Places where the compiler refuses an annotation, one mistake a row. What is allowed there is in its message, or, of a
 * member of the legacy dialect, the type that the place lacks.
 */
import { type Mistake, member } from './mistake.js';

const annotations = ['Traced()', `Counted('n')`, `Timed('n')`, `InFlight('n')`, `Gauged('n')`, 'Untraced()'];

const places: readonly Mistake[] = annotations.flatMap((annotation): Mistake[] => {
  const word = `@«${annotation.replace('(', '»(')}`;
  return [
    { ...member(`@${annotation} on a field`, `${word} count = 1;`, '"field"'), only: 'standard' },
    { ...member(`@${annotation} on a field`, `${word} count = 1;`, 'property decorator', 'string'), only: 'legacy' },
    {
      ...member(`@${annotation} on a field that holds a function`, `${word} run = (): void => {};`, '"field"'),
      only: 'standard',
    },
    {
      ...member(
        `@${annotation} on a field that holds a function`,
        `${word} run = (): void => {};`,
        'property decorator',
      ),
      only: 'legacy',
    },
    { ...member(`@${annotation} on a static field`, `${word} static count = 1;`, 'property decorator') },
    {
      ...member(`@${annotation} on a setter`, `${word} set size(size: number) { void size; }`, '"setter"'),
      only: 'standard',
    },
    {
      ...member(
        `@${annotation} on a parameter`,
        `run(«@${annotation} item»: string): void { void item; }`,
        'not valid here',
      ),
      only: 'standard',
    },
    {
      ...member(
        `@${annotation} on a parameter`,
        `run(«@${annotation} item»: string): void { void item; }`,
        'parameter decorator',
      ),
      only: 'legacy',
    },
    {
      ...member(
        `@${annotation} on a parameter of the constructor`,
        `constructor(«@${annotation} item»: string) { void item; }`,
      ),
      only: 'standard',
    },
    {
      ...member(
        `@${annotation} on a parameter of the constructor`,
        `constructor(«@${annotation} item»: string) { void item; }`,
        'parameter decorator',
      ),
      only: 'legacy',
    },
    member(`@${annotation} on a constructor`, `«@${annotation}» constructor() {}`, 'not valid here'),
    {
      ...member(
        `@${annotation} on a #private method`,
        `«@${annotation}» #run(): number { return 1; } run = () => this.#run();`,
        'not valid here',
      ),
      only: 'legacy',
    },
  ];
});

const members: readonly Mistake[] = [
  {
    ...member('@InFlight on a getter', `@«InFlight»('n') get size(): number { return 1; }`, '"getter"'),
    only: 'standard',
  },
  {
    ...member('@InFlight on a getter', `@«InFlight»('n') get size(): number { return 1; }`, `'Method'`),
    only: 'legacy',
  },
  {
    ...member('@InFlight on an accessor field', `@«InFlight»('n') accessor size = 1;`, '"accessor"'),
    only: 'standard',
  },
  { ...member('@InFlight on an accessor field', `@«InFlight»('n') accessor size = 1;`, `'Method'`), only: 'legacy' },
  {
    ...member('@Untraced on a getter', `@«Untraced»() get size(): number { return 1; }`, '"getter"'),
    only: 'standard',
  },
  { ...member('@Untraced on a getter', `@«Untraced»() get size(): number { return 1; }`, `'Method'`), only: 'legacy' },
  { what: '@Untraced on a class', code: `@«Untraced»() class Shop {}`, says: ['class decorator'] },
  { what: '@Gauged on a class', code: `«@Gauged»('n') class Shop {}`, says: ['class decorator'] },
];

const gauges: readonly Mistake[] = [
  member('@Gauged on a text', `@«Gauged»('n') get size(): string { return ''; }`, '@Gauged reads numbers', 'string'),
  member(
    '@Gauged on what may be a text',
    `@«Gauged»('n') get size(): number | string { return 1; }`,
    '@Gauged reads numbers',
  ),
  member(
    '@Gauged on what nothing is known of',
    `@«Gauged»('n') get size(): unknown { return 1; }`,
    '@Gauged reads numbers',
  ),
  member(
    '@Gauged on an accessor field that holds a text',
    `@«Gauged»('n') accessor size = '';`,
    '@Gauged reads numbers',
  ),
  member('@Gauged on a method that gives nothing', `@«Gauged»('n') size(): void {}`, '@Gauged reads numbers'),
  member(
    '@Gauged on an async method',
    `@«Gauged»('n') async size(): Promise<number> { return 1; }`,
    '@Gauged reads numbers',
    'Promise<number>',
  ),
  member('@Gauged on a generator', `@«Gauged»('n') *size(): Generator<number> { yield 1; }`, '@Gauged reads numbers'),
  member(
    '@Gauged on a getter of a promise',
    `@«Gauged»('n') get size(): Promise<number> { return Promise.resolve(1); }`,
    '@Gauged reads numbers',
  ),
  member(
    '@Gauged on a method with a parameter',
    `@«Gauged»('n') size(of: string): number { return of.length; }`,
    'a method without parameters',
    '[of: string]',
  ),
  member(
    '@Gauged on a method with an optional parameter',
    `@«Gauged»('n') size(of = ''): number { return of.length; }`,
    'a method without parameters',
  ),
  member(
    '@Gauged on a method with rest parameters',
    `@«Gauged»('n') size(...of: string[]): number { return of.length; }`,
    'a method without parameters',
  ),
  member(
    '@Gauged on a static method with a parameter',
    `@«Gauged»('n') static size(of: string): number { return of.length; }`,
    'a method without parameters',
  ),
];

const bare: readonly Mistake[] = ['Traced', 'Untraced', 'Counted', 'Timed', 'InFlight', 'Gauged'].flatMap((word) => [
  member(`@${word} without parentheses on a method`, `«@${word}» run(): number { return 1; }`),
  { what: `@${word} without parentheses on a class`, code: `«@${word}» class Shop {}`, says: [] },
]);

export const placeMistakes = { places, members, gauges, bare };
