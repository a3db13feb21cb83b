/**
 * `docs/reference/faults.md` as the catalogue has it. The words around the rows are written here.
 */
import { catalogue, type FaultCode } from '../../lib/faults/catalogue.js';
import type { FaultKind, FaultRow } from '../../lib/faults/fault-row.js';

export const faultsPagePath = 'docs/reference/faults.md';

const opening = `# Faults

Everything Spandrel can say is wrong, by its code. A message reads

\`\`\`text
CODE: Where.it.is: what is wrong. So what follows. Remedy: what to do. See docs/reference/faults.md#code
\`\`\`

and a thrown \`SpandrelFault\` has the same in parts: \`code\`, \`where\`, \`what\`, \`consequence\`, \`remedy\`.
\`isSpandrelFault(error)\` tells it from other errors, also when two copies of the package are loaded. Words in
{braces} below are filled in where the fault is raised. Codes do not change between versions; sentences may.

This page is made from \`lib/faults/catalogue.ts\` (\`npm run docs:faults\`), and a test keeps the two equal.
`;

const groups: readonly { readonly kind: FaultKind; readonly title: string; readonly about: string }[] = [
  {
    kind: 'declaration',
    title: 'Declaration',
    about: 'Thrown where the annotation is written, when the class is defined: the program does not start with it.',
  },
  {
    kind: 'setting',
    title: 'Setting',
    about: 'Thrown by `bootstrap()`: nothing has been started or changed by then.',
  },
  {
    kind: 'runtime',
    title: 'Runtime',
    about:
      'Told once for each place as a process warning (`SpandrelWarning`), and counted each time in `health()`. ' +
      'Nothing is thrown: the program that is being watched goes on.',
  },
];

/** The whole page. */
export function faultsPage(): string {
  const rows = Object.entries(catalogue) as [FaultCode, FaultRow][];
  const sections = groups.map(({ kind, title, about }) => {
    const own = rows.filter(([, row]) => row.kind === kind).map(([code, row]) => section(code, row));
    return `## ${title}\n\n${about}\n\n${own.join('\n')}`;
  });
  return `${opening}\n${sections.join('\n')}`;
}

function section(code: FaultCode, { what, consequence, remedy }: FaultRow): string {
  return `### ${code}\n\n${said(what)}.\n\n- So: ${said(consequence)}.\n- Remedy: ${said(remedy)}.\n`;
}

/** A sentence as Markdown: nothing in it is taken for a tag, a link or emphasis. */
function said(sentence: string): string {
  return sentence.replace(/[<>[\]*_`\\]/g, '\\$&');
}
