/**
 * The doors of the package: `.ci/doors.json` is the one list of them, `"./name": "its/barrel"` in `lib/`. All that follows
 * from it is written from here: `exports`, `typesVersions` and `sideEffects` of package.json, `paths` of tsconfig.json. The
 * builds, Jest and the checks read the list themselves. After a line was added:
 *
 *     npm run doors
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => new URL(`../${path}`, import.meta.url);
const read = (path) => JSON.parse(readFileSync(at(path), 'utf8'));

/** Barrels by door. */
export const doors = read('.ci/doors.json');

/**
 * Barrels that do something by being loaded: `spandrel` loads reflect-metadata, and `spandrel/register` is there for nothing
 * else. `Symbol.metadata` needs no line: who annotates uses what is in its file, so it stays with them.
 */
const effects = ['index', 'register'];

/** Each build has all the files a door needs: for Node's `import`, for `require`, and for bundlers. */
const builds = ['module', 'esm', 'cjs'];

/** What stands in package.json by what the doors are. */
export function packageFields() {
  const typesOf = (build, barrel) => `./dist/${build}/${barrel}.d.ts`;
  const leads = (build, barrel, types = build) => ({
    types: typesOf(types, barrel),
    default: `./dist/${build}/${barrel}.js`,
  });
  const entries = Object.entries(doors);
  return {
    exports: {
      ...Object.fromEntries(
        entries.map(([door, barrel]) => [
          door,
          // Bundlers take the first; Node does not know the word.
          { module: leads('module', barrel, 'esm'), import: leads('esm', barrel), require: leads('cjs', barrel) },
        ]),
      ),
      './package.json': './package.json',
    },
    typesVersions: {
      '*': Object.fromEntries(
        entries.filter(([door]) => door !== '.').map(([door, barrel]) => [door.slice(2), [typesOf('cjs', barrel)]]),
      ),
    },
    sideEffects: builds.flatMap((build) =>
      effects.filter((barrel) => Object.values(doors).includes(barrel)).map((barrel) => `./dist/${build}/${barrel}.js`),
    ),
  };
}

/** Where the compiler finds the sources of `spandrel/…` in this project. */
export function paths() {
  return Object.fromEntries(
    Object.entries(doors).map(([door, barrel]) => [`spandrel${door.slice(1)}`, [`./lib/${barrel}.ts`]]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = read('package.json');
  const config = read('tsconfig.json');
  config.compilerOptions.paths = paths();
  writeFileSync(at('package.json'), JSON.stringify({ ...manifest, ...packageFields() }, null, 2));
  writeFileSync(at('tsconfig.json'), JSON.stringify(config, null, 2));
  execFileSync('npx', ['biome', 'format', '--write', 'package.json', 'tsconfig.json'], {
    cwd: at('.'),
    stdio: 'inherit',
  });
}
