/**
 * Draws what a test expects, in the manner of the trees beneath it: a line a span, with what is compared.
 */

import { nameText } from './compare-span.js';
import { expectedText } from './expected.js';
import type { ExpectedSpan } from './span-expectation.js';

const told = ['kind', 'status', 'statusMessage', 'running', 'durationMs', 'traceId', 'spanId'] as const;

/** Lines without line ends. */
export function drawExpected(expected: ExpectedSpan, before = '', below = ''): string[] {
  const facts = [
    ...told.flatMap((key) => (expected[key] === undefined ? [] : [`${key}=${factText(expected[key])}`])),
    ...factTexts(expected.attributes ?? {}),
    ...listText('events', expected.events),
    ...listText('links', expected.links),
    ...(expected.exact === true ? ['exact'] : []),
  ];
  const { children = [] } = expected;
  return [
    before + [nameText(expected.name), ...facts].join('  '),
    ...children.flatMap((child, at) =>
      at === children.length - 1
        ? drawExpected(child, `${below}└─ `, `${below}   `)
        : drawExpected(child, `${below}├─ `, `${below}│  `),
    ),
  ];
}

/** `key=value` of each. */
export function factTexts(facts: object): string[] {
  return Object.entries(facts).map(([key, value]) => `${key}=${factText(value)}`);
}

/** Plain words as they are; the rest as a message shows it. */
function factText(value: unknown): string {
  return typeof value === 'string' && /^[\w./:-]+$/.test(value) ? value : expectedText(value);
}

function listText(name: string, list: readonly object[] | undefined): string[] {
  if (list === undefined) return [];
  const items = list.map((item) => {
    const { attributes, ...rest } = item as { attributes?: Readonly<Record<string, unknown>> };
    return factTexts({ ...rest, ...attributes }).join(' ');
  });
  return [`${name}=[${items.join(', ')}]`];
}
