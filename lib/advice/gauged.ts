/**
 * Gauges: at each collection, the annotated members are read on the live instances and combined by attributes. The
 * reading itself is no call: it is neither counted nor traced, and one that throws is left out.
 */
import type { Attributes } from '@opentelemetry/api';
import { messageOf, report } from '../faults/report.js';
import { answered } from '../metadata/answered.js';
import type { AnyClass, Element } from '../metadata/element.js';
import { liveInstances } from '../metadata/instances.js';
import { privateMember } from '../metadata/private-members.js';
import type { GaugedOptions } from '../metadata/records/metric-options.js';
import type { GaugedRecord } from '../metadata/records/record.js';
import type { Instruments, Observation } from '../metrics/instruments.js';
import type { CallSite } from '../weaving/call-site.js';
import { quietly } from '../weaving/quiet.js';
import { attributesReader, type ReadAttributes } from './attributes.js';
import { described } from './fixed-attributes.js';

/** One annotated member of one class. */
interface GaugeSite {
  readonly site: CallSite;
  readonly record: GaugedRecord;
  readonly attributes: ReadAttributes;
}

/** All gauges of one running telemetry. Classes are held weakly: one that is forgotten takes its gauges along. */
export class Gauges {
  readonly #instruments: Instruments;
  readonly #sites = new WeakMap<AnyClass, readonly GaugeSite[]>();
  /** By metric name: the classes that have a gauge of it, or had one. */
  readonly #owners = new Map<string, Set<WeakRef<AnyClass>>>();

  constructor(instruments: Instruments) {
    this.#instruments = instruments;
  }

  /** Takes in the gauges of a class; those it had before are replaced. */
  observe(owner: AnyClass, sites: readonly CallSite[]): void {
    const known = new Set(this.#sites.get(owner)?.map(({ record }) => keyOf(record)));
    const gauged = sites.flatMap((site) =>
      site.records
        .filter((record) => record.annotation === 'gauged')
        .map((record) => ({ site, record, attributes: attributesReader(record.options.attributes, site.name) })),
    );
    if (gauged.length === 0 && known.size === 0) return;
    this.#sites.set(owner, gauged);
    for (const { record } of gauged) {
      if (known.has(keyOf(record))) continue;
      known.add(keyOf(record));
      this.#ownersOf(record).add(new WeakRef(owner));
    }
  }

  #ownersOf(record: GaugedRecord): Set<WeakRef<AnyClass>> {
    const key = keyOf(record);
    const found = this.#owners.get(key);
    if (found !== undefined) return found;
    const owners = new Set<WeakRef<AnyClass>>();
    this.#owners.set(key, owners);
    const read = (): Iterable<Observation> => quietly(() => combined(this.#alive(key, owners)));
    this.#instruments.gauge({ ...described(record), unit: record.options.unit }, read);
    return owners;
  }

  /** A subclass that annotates the member again speaks for its instances: the most derived class comes first. */
  #alive(key: string, owners: Set<WeakRef<AnyClass>>): GaugeSite[] {
    const sites: GaugeSite[] = [];
    for (const reference of owners) {
      const owner = reference.deref();
      if (owner === undefined) owners.delete(reference);
      else sites.push(...(this.#sites.get(owner) ?? []).filter(({ record }) => keyOf(record) === key));
    }
    return sites.sort((a, b) => depth(b.site.owner) - depth(a.site.owner));
  }
}

/** OpenTelemetry compares instrument names without regard to case. */
function keyOf({ options }: GaugedRecord): string {
  return options.name.toLowerCase();
}

function combined(sites: readonly GaugeSite[]): Iterable<Observation> {
  const series = new Map<string, { value: number; attributes: Attributes }>();
  const readAlready = new Map<object, Set<unknown>>();
  for (const { site, record, attributes } of sites) {
    // A private member is one of its class alone, whatever a subclass calls one of its own.
    const key = privateMember(site.element) ?? site.element.key;
    for (const instance of site.element.static ? [site.owner as object] : liveInstances(site.owner as AnyClass)) {
      const members = readAlready.get(instance) ?? new Set<unknown>();
      if (members.has(key)) continue;
      readAlready.set(instance, members.add(key));
      const value = readMember(instance, site, record);
      if (value === undefined) continue;
      const read: Attributes = {};
      attributes(factsOf(instance, value), read);
      combine(series, value, read, record.options.combine ?? 'sum');
    }
  }
  return series.values();
}

function combine(
  series: Map<string, { value: number; attributes: Attributes }>,
  value: number,
  attributes: Attributes,
  how: NonNullable<GaugedOptions['combine']>,
): void {
  const key = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
  const known = series.get(key);
  if (known === undefined) series.set(key, { value, attributes });
  else if (how === 'sum') known.value += value;
  else known.value = how === 'max' ? Math.max(known.value, value) : value;
}

function readMember(instance: object, { element, name }: CallSite, record: GaugedRecord): number | undefined {
  try {
    const value = answered(valueOf(instance, element));
    const number = typeof value === 'bigint' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  } catch (error) {
    report('SPANDREL_GAUGE_FAILED', name, { metric: record.options.name, error: messageOf(error) });
    return undefined;
  }
}

/** The member as the instance has it: a subclass may override it, and a collection is quiet, so it runs bare. */
function valueOf(instance: object, element: Element): unknown {
  const written = privateMember(element);
  const member: unknown = written ? written.read(instance) : Reflect.get(instance, element.key as string | symbol);
  return typeof member === 'function' ? Reflect.apply(member, instance, []) : member;
}

function factsOf(self: object, result: unknown): Parameters<ReadAttributes>[0] {
  return { args: [], self, result, error: undefined, durationMs: undefined, outcome: 'success' };
}

function depth(owner: AnyClass | undefined): number {
  let levels = 0;
  for (let level: unknown = owner; typeof level === 'function'; level = Object.getPrototypeOf(level)) levels += 1;
  return levels;
}
