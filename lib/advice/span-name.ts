/**
 * The name a span gets: the one given, or `Class.method`, or the class's prefix with the method's name.
 */
import { cutText, longestName } from '../conventions/bounded-text.js';
import { messageOf, report } from '../faults/report.js';
import { keyText } from '../metadata/element.js';
import { askedOf, type SettledCall } from '../metadata/read-source.js';
import type { TracedOptions } from '../metadata/records/traced-options.js';
import type { CallSite } from '../weaving/call-site.js';

/** How the spans of calls at `site` are named: all alike, or by the call. A name function that throws, or gives no text, leaves the default. */
export function spanNameOf(site: CallSite, { name, prefix }: TracedOptions): string | ((call: SettledCall) => string) {
  const byDefault = defaultName(site, prefix);
  if (name === undefined) return byDefault;
  if (typeof name === 'string') return cutText(name, longestName);
  return (call) => {
    try {
      const given: unknown = askedOf(name, call);
      return typeof given === 'string' && given !== '' ? cutText(given, longestName) : byDefault;
    } catch (error) {
      report('SPANDREL_OPTION_FAILED', site.name, { what: 'name', error: messageOf(error) });
      return byDefault;
    }
  };
}

function defaultName(site: CallSite, prefix: string | undefined): string {
  const { key } = site.element;
  if (prefix === undefined || key === undefined) return site.name;
  // A prefix that ends in a separator of its own is taken as it is written.
  return /[\w)]$/.test(prefix) ? `${prefix}.${keyText(key)}` : `${prefix}${keyText(key)}`;
}
