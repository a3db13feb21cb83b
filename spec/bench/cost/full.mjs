/**
 * The whole bench: every section in turn, then the page.
 */
import { subjects } from './columns.mjs';
import { load, page, writePage } from './page.mjs';
import * as columns from './sections/columns.mjs';
import * as floor from './sections/floor.mjs';
import * as growth from './sections/growth.mjs';
import * as sent from './sections/sent.mjs';
import * as singleCalls from './sections/single-calls.mjs';
import * as wholeProgram from './sections/whole-program.mjs';

const sections = {
  columns: {
    part: columns,
    rounds: 5,
    title: 'One call',
    about:
      'Spans go to an exporter that answers at once and sends nothing: what is left is the call and the queue. _10 % kept_ is decided at the end of each trace: what fails is kept, and a tenth of the rest. Nobody else does that, so it is compared with all kept by hand. _10 % by a sampler_ is `parentbased_traceidratio` of 0.1 for all; _not bootstrapped_ and _sampled out_ are compared with the same by hand.',
  },
  floor: {
    part: floor,
    rounds: 3,
    title: 'The floor',
    about:
      'What no stand-in can do without, each alone, written as plainly as it can be. A counted and timed call has the first, one with a span both.',
  },
  sent: {
    part: sent,
    rounds: 3,
    title: 'One call, with sending',
    about:
      'The kept columns with OpenTelemetry’s OTLP exporter (JSON over HTTP) behind both sides. In brackets: as a part of what it takes by hand. Making and sending the JSON is the same work for all.',
  },
  calls: {
    part: singleCalls,
    rounds: 3,
    title: 'The slowest calls',
    about:
      'Single calls timed one by one, with two readings of the clock in each, the bare one’s too. The limit is held against p99.9 less the bare median.',
  },
  growth: { part: growth, rounds: 3, title: 'Growth', about: 'What happens to the cost of a call as there is more.' },
  program: {
    part: wholeProgram,
    rounds: 3,
    title: 'A whole program',
    about: `[parseltongue](../samples/parseltongue) over trees that are in every clone, from the start of the process to the last span sent, OTLP (JSON) to a receiver in another process, all settings at their defaults.
_Inert_ is the same program with \`spandrel/decorators\` alone, and not a file of OpenTelemetry's SDK loaded. In brackets: what a run takes more than the inert run of its round. _Decided at the end_: traces wait for their local root, and of those that did not fail a tenth is kept; one that grows beyond the buffer of 10,000 is let go. _By a sampler_: \`parentbased_traceidratio\`. Which traces are in the tenth is chance, and some are large: the spans sent differ from run to run, and with them the cost of sending.
With _every method annotated_ each class has \`@Traced()\` on it: hundreds of
thousands of calls a second are watched, more than any exporter takes when all are kept, and the buffer drops what does not fit.
The most memory of the larger tree hangs on when V8 collects: it lets the heap grow to about four times what it found alive the last time, and a few megabytes more at the start move that moment. What is alive
afterwards is the same in each way but for the SDK itself.`,
  },
};

export const sectionNames = Object.keys(sections);

/** `rounds`: for all sections, in place of their own. `commit`: what is measured. */
export async function runSections(names, { rounds, commit }) {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1e3;
  const busy = load(seconds);
  const tell = (what) => console.error(`${seconds().toFixed(0).padStart(4)} s  ${what}`);
  const limits = [];
  const texts = [];
  for (const name of names) {
    const { part, title, about, rounds: own } = sections[name];
    const data = await part.measure({ rounds: rounds ?? own, tell, subjects });
    texts.push({ title, about, text: part.text(data, subjects) });
    limits.push(...(part.limits?.(data, subjects) ?? []));
  }
  const took = seconds() < 100 ? `${seconds().toFixed(0)} seconds` : `${(seconds() / 60).toFixed(0)} minutes`;
  return page({ commit, limits, sections: texts, took, busy: busy() });
}

export async function writeAll(settings) {
  writePage(await runSections(sectionNames, settings));
}
