/**
 * Compiles parseltongue, once for each way it is run: with the annotations it has, or with one more on every class, so
 * that all its methods are watched; and with the whole of Spandrel behind them, or with the decorators alone.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compiled, root, run } from './build.mjs';

const sample = join(root, 'samples/parseltongue');

/** The sample's command line and what it says of its own cost are no part of what is measured. */
const isAsked = (file) => file.endsWith('.ts') && !/^(main\.ts|cost\/|command-line\/)/.test(file);

/**
 * What stands for `spandrel`. Its decorators load no OpenTelemetry, its front door all that `bootstrap()` needs; `log` is
 * with the front door, and asks only OpenTelemetry's API.
 */
const doors = {
  on: `export * from '../../lib/index.js';\n`,
  inert: `export * from '../../lib/decorators/index.js';\nexport { log } from '../../lib/log.js';\n`,
};

export const annotations = ['own', 'every'];

/** Every class but errors: what is thrown is no part of the program that does something. */
function annotatedThroughout(text) {
  const all = text.replace(/^(?:export )?class (?!\w+ extends Error)/gm, '@EveryMethod() $&');
  return all === text ? text : `import { Traced as EveryMethod } from 'spandrel';\n${all}`;
}

export function buildProgram() {
  const files = readdirSync(sample, { recursive: true }).filter(isAsked);
  for (const which of annotations) {
    for (const [door, text] of Object.entries(doors)) {
      const into = join(run, 'now', 'programs', `${which}-${door}`);
      for (const file of files) {
        const written = readFileSync(join(sample, file), 'utf8');
        const whole = which === 'every' ? annotatedThroughout(written) : written;
        const here = file.includes('/') ? '../door.js' : './door.js';
        const path = join(into, file.replace(/\.ts$/, '.js'));
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, compiled(whole, false).replaceAll(`from 'spandrel'`, `from '${here}'`));
      }
      writeFileSync(join(into, 'door.js'), text);
      cpSync(join(sample, 'answers.json'), join(into, 'answers.json'));
    }
  }
}
