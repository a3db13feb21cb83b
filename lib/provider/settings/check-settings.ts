/**
 * Refuses unknown, impossible and not-yet-built settings, one clear error each: which setting, what it was, what is
 * allowed. A setting given as `undefined` counts as left out.
 */
import { type SpandrelFault, shown } from '../../faults/fault.js';
import { settingFault } from '../../faults/setting-fault.js';
import { type GroupRule, isGroup, type ValueRule } from './rules.js';
import type { ExportSettings, Settings } from './settings.js';
import { settingsTable } from './table.js';

/** The settings, once every one of them was checked. Throws a `SpandrelFault` for the first that is wrong. */
export function checkSettings(given: unknown): Settings {
  checkGroup('', given, settingsTable);
  const settings = given as Settings;
  if (settings.provider === 'existing') checkBesideExisting(settings);
  if (settings.export?.endpoints !== undefined) checkEndpoints(settings.export);
  return settings;
}

/** What an SDK that is there already was set up with, and can't be told from here. */
const itsOwn = [
  'service',
  'export',
  'batch',
  'sampling',
  'metrics',
  'processors',
  'logProcessors',
  'propagators',
  'detectors',
  'instrumentations',
] as const;

/** Of the limits too: where metrics are that SDK's, so are their series. */
const itsOwnLimits = ['series', 'seriesPerMetric'] as const;

function checkBesideExisting({ limits = {}, ...settings }: Settings): void {
  const given = [
    ...itsOwn.map((name) => [name, settings[name]] as const),
    ...itsOwnLimits.map((name) => [`limits.${name}`, limits[name]] as const),
  ];
  const [setting, value] = given.find(([, value]) => value !== undefined) ?? [];
  if (setting === undefined) return;
  const allowed = 'nothing beside provider "existing", since the SDK that is there decides: leave it out';
  throw wrong('SPANDREL_SETTING_INVALID', setting, value, allowed);
}

/** Several receivers stand in the place of one, and only OTLP has receivers. */
function checkEndpoints({ endpoints, endpoint, protocol }: ExportSettings): void {
  const setting = 'export.endpoints';
  if (endpoint !== undefined) {
    throw wrong(
      'SPANDREL_SETTING_INVALID',
      setting,
      endpoints,
      'nothing beside export.endpoint: leave one of them out',
    );
  }
  if (protocol !== 'console' && protocol !== 'none') return;
  const allowed = `nothing beside export.protocol "${protocol}", which has no receivers: leave it out`;
  throw wrong('SPANDREL_SETTING_INVALID', setting, endpoints, allowed);
}

/** Each of several receivers has its part of the buffer. */
export function checkBufferOfEach(endpoints: readonly string[] | undefined, buffer: number): void {
  if (endpoints === undefined || endpoints.length <= buffer) return;
  const allowed = `no more addresses than batch.buffer has room for records (${buffer})`;
  throw wrong('SPANDREL_SETTING_INVALID', 'export.endpoints', endpoints, allowed);
}

/** A batch can't be larger than the buffer it is taken from (specification, batching processor). */
export function checkBatchSize(size: number | undefined, buffer: number): void {
  if (size === undefined || size <= buffer) return;
  throw wrong('SPANDREL_SETTING_INVALID', 'batch.size', size, `at most batch.buffer (${buffer})`);
}

function checkGroup(path: string, given: unknown, rule: GroupRule): void {
  if (rule.orValue?.accepts(given) === true) return;
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const group = `an object with ${Object.keys(rule.settings).join(', ')}`;
    const allowed = rule.orValue === undefined ? group : `${rule.orValue.allowed}, or ${group}`;
    throw wrong('SPANDREL_SETTING_INVALID', path === '' ? '(all)' : path, given, allowed);
  }
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const setting = path === '' ? name : `${path}.${name}`;
    const inner = Object.hasOwn(rule.settings, name) ? rule.settings[name] : undefined;
    if (inner === undefined) throw refused(setting, value, rule, name);
    if (isGroup(inner)) checkGroup(setting, value, inner);
    else checkValue(setting, value, inner);
  }
}

function checkValue(setting: string, value: unknown, rule: ValueRule): void {
  if (rule.accepts(value)) return;
  const code = rule.notBuilt?.(value) === true ? 'SPANDREL_SETTING_NOT_BUILT' : 'SPANDREL_SETTING_INVALID';
  throw wrong(code, setting, value, rule.allowed);
}

function refused(setting: string, value: unknown, rule: GroupRule, name: string): SpandrelFault {
  const allowed = Object.keys(rule.settings).join(', ');
  const code = rule.notBuilt.includes(name) ? 'SPANDREL_SETTING_NOT_BUILT' : 'SPANDREL_SETTING_UNKNOWN';
  return wrong(code, setting, value, allowed);
}

function wrong(
  code: 'SPANDREL_SETTING_INVALID' | 'SPANDREL_SETTING_NOT_BUILT' | 'SPANDREL_SETTING_UNKNOWN',
  setting: string,
  value: unknown,
  allowed: string,
): SpandrelFault {
  return settingFault(code, setting, { setting, value: withoutLogins(shown(value)), allowed });
}

/** An address may have a name and a password in it, and a fault is logged. */
function withoutLogins(text: string): string {
  return text.replace(/(https?:\/\/)[^/@\s"]*@/gi, '$1…@');
}
