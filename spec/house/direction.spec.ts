/**
 * Imports in `lib/` go one way: to a lower rank, to the rooms the table names, to the packages it names.
 */
import { type Import, importsOf, packageOf } from './imports.js';
import { filesIn, packageFile, textOf } from './project-files.js';
import { freeTypes, type Outside, type Room, roomOf, rooms } from './rooms.js';

const files = filesIn('lib', '.ts');
const imports = files.flatMap(importsOf);
const packages = imports.filter(({ target, specifier }) => target === undefined && !specifier.startsWith('node:'));

/** What is wrong with an import between two rooms; undefined when it is as the table has it. */
function wrongInside({ importer, target, typeOnly, late }: Import): string | undefined {
  const from = roomOf(importer);
  const to = roomOf(target as string);
  const here = rooms[from] as Room;
  const there = rooms[to];
  if (from === to) return undefined;
  if (!target?.startsWith('lib/') || there === undefined) return `${target} is no room of lib`;
  if (there.typesOnly === true && !typeOnly) return `${to} is types only: use import type`;
  if (there.onDemand === true && !late && !typeOnly) return `${to} is loaded only when asked for: use import()`;
  if (there.rank === here.rank && there.typesOnly === true) return undefined;
  if (there.rank >= here.rank) return `${from} (rank ${here.rank}) may not import ${to} (rank ${there.rank})`;
  if (here.may !== 'lower' && !here.may.includes(to)) return `${from} may import ${here.may.join(', ') || 'nothing'}`;
  return undefined;
}

/** What is wrong with an import of a package. */
function wrongOutside({ importer, specifier, typeOnly }: Import): string | undefined {
  if (typeOnly && specifier === freeTypes) return undefined;
  const room = roomOf(importer);
  const { outside } = rooms[room] as Room;
  const allowed = outside.find(({ name }) => (name instanceof RegExp ? name.test(specifier) : name === specifier));
  if (allowed === undefined)
    return `${room} may take from outside: ${outside.map(shownOutside).join(', ') || 'nothing'}`;
  return allowed.typesOnly === true && !typeOnly ? `${room} may take only types from ${specifier}` : undefined;
}

const shownOutside = ({ name, typesOnly }: Outside): string => `${name}${typesOnly === true ? ' (types)' : ''}`;

function complaints(among: readonly Import[], wrong: (one: Import) => string | undefined): string[] {
  return among.flatMap((one) => {
    const what = wrong(one);
    return what === undefined ? [] : [`${one.place} imports ${one.specifier}: ${what}`];
  });
}

describe('the table', () => {
  test('knows every room and every file at the top of lib', () => {
    expect(files.map(roomOf).filter((room) => rooms[room] === undefined)).toEqual([]);
  });

  test('names only rooms of a lower rank as allowed', () => {
    const wrong = Object.entries(rooms).flatMap(([name, { may, rank }]) =>
      may === 'lower' ? [] : may.filter((other) => (rooms[other] as Room).rank >= rank).map((other) => [name, other]),
    );
    expect(wrong).toEqual([]);
  });

  test('is held against real imports', () => {
    expect(imports.filter(({ target }) => target !== undefined).length).toBeGreaterThan(100);
    expect(imports.filter(({ target }) => target === undefined).length).toBeGreaterThan(10);
  });
});

describe('imports in lib', () => {
  const known = imports.filter(({ importer }) => rooms[roomOf(importer)] !== undefined);

  test('go to lower ranks, and to the rooms that the table allows', () => {
    const inside = known.filter(({ target }) => target !== undefined);
    expect(complaints(inside, wrongInside)).toEqual([]);
  });

  test('take from outside only what the table allows', () => {
    const outside = known.filter(({ target }) => target === undefined);
    expect(complaints(outside, wrongOutside)).toEqual([]);
  });

  test('of packages and the dependencies in package.json are the same', () => {
    const used = imports.filter(({ target, specifier }) => target === undefined && !specifier.startsWith('node:'));
    const names = new Set(used.map(({ specifier }) => packageOf(specifier)));
    const { dependencies, peerDependencies } = packageFile();
    // Optional peers are named where they are loaded; what is imported of them is their types.
    const known = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
    expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([]);
  });
});

describe('optional peers', () => {
  const { dependencies, devDependencies, peerDependencies, peerDependenciesMeta } = packageFile();
  const peers = Object.keys(peerDependencies).sort();

  test('are all optional, no dependencies beside it, and installed for the tests', () => {
    expect(peers.filter((name) => peerDependenciesMeta[name]?.optional !== true)).toEqual([]);
    expect(Object.keys(peerDependenciesMeta).sort()).toEqual(peers);
    expect(peers.filter((name) => name in dependencies)).toEqual([]);
    expect(peers.filter((name) => !(name in devDependencies))).toEqual([]);
  });

  test('are each named in lib, where they are loaded, and never imported', () => {
    const sources = files.map(textOf);
    expect(peers.filter((name) => !sources.some((text) => text.includes(`'${name}'`)))).toEqual([]);
    expect(packages.filter(({ specifier, typeOnly }) => !typeOnly && peers.includes(packageOf(specifier)))).toEqual([]);
  });
});
