/**
 * `checkSettings()`: the settings of a program held against the rules of `bootstrap()`, without starting anything. For a test
 * of a program's configuration, or a command that checks it before it is rolled out.
 */
import type { Environment } from './environment.js';
import { resolveSettings } from './resolve-settings.js';
import type { Settings } from './settings.js';

/**
 * Gives the settings back as they are, if `bootstrap()` would take them.
 *
 * @param settings as for `bootstrap()`.
 * @param environment what stands in for settings left out; default `process.env`. A variable that cannot be read is told
 * of as a warning and ignored, as by `bootstrap()`.
 * @throws SpandrelFault for the first that is wrong: its name, its value, and what is allowed.
 */
export function checkSettings(settings: Settings, environment: Environment = process.env): Settings {
  resolveSettings(settings, environment);
  return settings;
}
