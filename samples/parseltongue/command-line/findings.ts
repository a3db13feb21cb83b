// What the analysis found, as text: a block of figures, a few answers, the judged answers, and the first problems.

import type { Report } from '../analysis/report.js';
import { counted, number } from '../figures.js';
import type { Verdict } from '../judge/answer-judge.js';
import { type Answer, textOf } from '../query/query.js';
import type { Ink } from './ink.js';

/** Problems shown; the rest are in the figures. */
const SHOWN = 5;
/** Names shown of one answer. */
const NAMED = 3;

/** `about` is what the judged answers are about, where that is known. */
export function findings(report: Report, about: string, ink: Ink): string {
  const blocks = [figures(report), ...report.examples.map(answer => exampleOf(answer, ink))];
  if (report.verdicts.length > 0) blocks.push(judged(report.verdicts, about, ink));
  if (report.problems.length > 0) blocks.push(problems(report, ink));
  if (report.interrupted) blocks.push(ink.alarm(`Interrupted after ${number(report.files.taken)} of ${number(report.files.found)} files.`));
  return `\n${blocks.join('\n\n')}\n\n`;
}

function figures({ files, errors, elapsedMs, graph, sessions, queries, links }: Report): string {
  const { typescript, javascript } = files.byLanguage;
  const inError = typescript.error + javascript.error;
  const directories = errors.get('unreadable-directory') ?? 0;
  const asked = queries.definition + queries.search + queries.dependents;
  const rows = [
    [
      'files',
      `${number(files.taken)} in ${(elapsedMs / 1000).toFixed(1)} s: ${number(typescript.success + typescript.error)} TypeScript, `
        + `${number(javascript.success + javascript.error)} JavaScript; ${inError === 0 ? 'none' : number(inError)} in error`,
    ],
    [
      'graph',
      `${number(graph.nodes)} nodes: ${number(graph.edges.imports)} imports, ${number(graph.edges.calls)} calls, `
        + `${number(graph.edges.extends)} extends, ${number(graph.edges.implements)} implements`,
    ],
    ['sessions', `${number(sessions)}, with ${number(asked)} questions answered`],
  ];
  if (directories > 0) rows.push(['directories', `${number(directories)} could not be listed`]);
  if (links.followed + links.skipped + links.dangling > 0) {
    rows.push([
      'links',
      `${number(links.followed)} followed, ${number(links.skipped)} not: they lead to what was met already; `
        + `${number(links.dangling)} lead nowhere`,
    ]);
  }
  return rows.map(([label = '', text = '']) => `${label.padEnd(12)}${text}`).join('\n');
}

function exampleOf(answer: Answer, ink: Ink): string {
  const text = textOf(answer.query);
  const question = {
    definition: `Where is ${text} defined?`,
    dependents: `What depends on ${text}?`,
    search: `What is like “${text}”?`,
  }[answer.query.type];
  return [`${ink.strong(question)}  ${answer.summary}`, ...answer.lines.map(line => `  ${line}`)].join('\n');
}

function judged(verdicts: readonly Verdict[], about: string, ink: Ink): string {
  const wrong = verdicts.filter(({ invented }) => invented.length > 0);
  const given = `${counted(verdicts.length, 'given answer')}${about === '' ? '' : ` about ${about}`}`;
  const summary = `${given}: ${wrong.length === 0 ? 'none names' : `${number(wrong.length)} of them name`} what is not in the code`;
  const width = Math.max(0, ...wrong.map(({ given }) => given.question.length));
  const lines = wrong.map(({ given, invented }) => `  ${given.question.padEnd(width)}  ${ink.alarm(listed(invented))}`);
  return [`${ink.strong('Is it true what a model says?')}  ${summary}`, ...lines].join('\n');
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, NAMED).join(', ');
  return names.length > NAMED ? `${shown} and ${number(names.length - NAMED)} more` : shown;
}

function problems({ errors, problems: told }: Report, ink: Ink): string {
  const kinds = [...errors].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${number(count)} ${kind}`);
  const total = [...errors.values()].reduce((sum, count) => sum + count, 0);
  const lines = told
    .slice(0, SHOWN)
    .map(({ path, kind, message }) => `  ${kind.padEnd(11)} ${message.includes(path) ? message : `${path}  ${message}`}`);
  if (total > lines.length) lines.push(`  … and ${number(total - lines.length)} more`);
  return [`${ink.strong('Problems')}  ${kinds.join(', ')}`, ...lines].join('\n');
}
