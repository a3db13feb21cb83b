/**
 * `docs/reference/api.md` as the exports of the package's doors say it. Names without a comment are an error that
 * lists them all: that is where the page has its words from.
 */
import type ts from 'typescript';
import { Declared, isOurs, type Member } from './declared.js';
import { type Door, doorExports, fileOf } from './door-exports.js';
import { textOf } from './project-files.js';
import { groups } from './reference-groups.js';

export const referencePagePath = 'docs/reference/api.md';

const opening = `# API

Everything that can be imported from Spandrel, with its signature and what its comment in the source says: the words an editor
shows. Members that end in \`?\` can be left out.

This page is made from the types in \`lib/\` (\`npm run docs:reference\`), and a test keeps the two equal. Guides explain what is
listed here: [Documentation](../README.md).
`;

interface Section {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly Declared[];
}

/** The whole page. */
export function referencePage(): string {
  return new ReferencePage().text();
}

class ReferencePage {
  readonly #doors = doorExports().doors;
  readonly #checker = doorExports().checker;
  readonly #exported = new Map(this.#doors.flatMap(({ names }) => [...names].map(([name, symbol]) => [symbol, name])));
  readonly #sections: readonly Section[] = [...this.#grouped(), ...this.#ofDoors()];
  readonly #named = this.#alsoNamed();
  readonly #anchors = this.#placed();

  text(): string {
    this.#refuseWithoutComments();
    const sections = this.#sections.map((section) => this.#sectionText(section));
    const named = this.#named.map((entry) => this.#entryText(entry));
    return `${[opening, this.#doorsText(), ...sections, `## Also named\n\nTypes that the signatures above name, and that can't be imported.\n\n${named.join('\n')}`].join('\n').trimEnd()}\n`;
  }

  #declared(symbol: ts.Symbol): Declared {
    return new Declared(symbol, this.#checker, (one) => this.#exported.has(one));
  }

  #grouped(): Section[] {
    return groups.map(({ title, about, names }) => ({
      title,
      about,
      entries: names.flatMap((name) =>
        [...this.#exported].filter(([, exported]) => exported === name).map(([symbol]) => this.#declared(symbol)),
      ),
    }));
  }

  /** What stands in no group: under the door that has it. */
  #ofDoors(): Section[] {
    const told = new Set<string>(groups.flatMap(({ names }) => names));
    return this.#doors.flatMap(({ specifier, names }) => {
      const entries = [...names]
        .filter(([name]) => !told.has(name))
        .map(([name, symbol]) => {
          told.add(name);
          return this.#declared(symbol);
        });
      return entries.length === 0 ? [] : [{ title: `More of ${specifier}`, about: '', entries }];
    });
  }

  /** Types of this library that what is shown names, and what these name, though nobody can import them. */
  #alsoNamed(): Declared[] {
    const shown = this.#sections.flatMap(({ entries }) => entries);
    const known = new Set(shown.map(({ symbol }) => symbol));
    const found: Declared[] = [];
    for (let next = shown; next.length > 0; ) {
      next = next
        .flatMap(({ named }) => named)
        .flatMap((symbol) => {
          if (known.has(symbol) || !isOurs(symbol)) return [];
          known.add(symbol);
          return [this.#declared(symbol)];
        });
      found.push(...next);
    }
    return found.sort((a, b) => (a.symbol.name < b.symbol.name ? -1 : 1));
  }

  /** Where each entry is on the page, as GitHub makes anchors of headings: the second of a name gets a number. */
  #placed(): ReadonlyMap<ts.Symbol, string> {
    const anchors = new Map<ts.Symbol, string>();
    const seen = new Map<string, number>();
    const anchor = (heading: string): string => {
      const slug = heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .replace(/\s/g, '-');
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    };
    for (const heading of ['API', 'Doors', ...this.#doors.map(({ specifier }) => specifier)]) anchor(heading);
    for (const { title, entries } of this.#sections) {
      if (entries.length === 0) continue;
      anchor(title);
      for (const { symbol } of entries) anchors.set(symbol, anchor(symbol.name));
    }
    anchor('Also named');
    for (const { symbol } of this.#named) anchors.set(symbol, anchor(symbol.name));
    return anchors;
  }

  #doorsText(): string {
    return `## Doors\n\n${this.#doors.map((door) => this.#doorText(door)).join('\n')}`;
  }

  #doorText(door: Door): string {
    const { specifier, names } = door;
    const links = [...names].map(([name, symbol]) => `[${name}](#${this.#anchors.get(symbol)})`);
    const list = links.length === 0 ? '' : `${links.join(', ')}.\n`;
    return [`### ${specifier}\n`, `${this.#said(openingOf(door))}\n`, list].join('\n').replace(/\n\n$/, '\n');
  }

  #sectionText({ title, about, entries }: Section): string {
    if (entries.length === 0) return '';
    return `## ${title}\n\n${about === '' ? '' : `${about}\n\n`}${entries.map((entry) => this.#entryText(entry)).join('\n')}`;
  }

  #entryText(entry: Declared): string {
    const members = entry.members.map((member) => this.#memberText(member));
    return [
      `### ${entry.symbol.name}\n`,
      `\`\`\`ts\n${entry.signature}\n\`\`\`\n`,
      ...(entry.doc === '' ? [] : [`${this.#said(entry.doc)}\n`]),
      ...(members.length === 0 ? [] : [`${members.join('\n')}\n`]),
      ...this.#linksText(entry),
      ...this.#fromText(entry),
    ].join('\n');
  }

  #memberText({ name, type, doc, from }: Member): string {
    const place = from === 'static' ? ' (static)' : '';
    const said = this.#said(doc).replace(/\n+/g, ' ');
    const head = type.startsWith('(') || type.startsWith('<') ? `\`${name}${type}\`` : `\`${name}\`: \`${type}\``;
    return `- ${head}${place}${said === '' ? '' : `<br>\n  ${said}`}`;
  }

  #linksText({ named }: Declared): string[] {
    const links = named.flatMap((symbol) => {
      const anchor = this.#anchors.get(symbol);
      if (anchor !== undefined) return [`[${symbol.name}](#${anchor})`];
      const path = symbol.declarations?.map(fileOf)[0] ?? '';
      const [, owner] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
      return owner === undefined || owner === 'typescript' || owner.startsWith('@types')
        ? []
        : [`\`${symbol.name}\` of \`${owner}\``];
    });
    return links.length === 0 ? [] : [`Types: ${links.sort().join(', ')}.\n`];
  }

  #fromText({ symbol }: Declared): string[] {
    const doors = this.#doors.filter(({ names }) => [...names.values()].includes(symbol));
    return doors.length === 0 ? [] : [`Import from ${doors.map(({ specifier }) => `\`${specifier}\``).join(', ')}.\n`];
  }

  /** A comment as Markdown: its links lead to the entries of the page. */
  #said(doc: string): string {
    const byName = new Map([...this.#anchors].map(([{ name }, anchor]) => [name, anchor]));
    return doc.replace(/\{@link (\w+) ?\}/g, (_, name: string) => {
      const anchor = byName.get(name);
      return anchor === undefined ? `\`${name}\`` : `[${name}](#${anchor})`;
    });
  }

  #refuseWithoutComments(): void {
    const shown = this.#sections.flatMap(({ entries }) => entries);
    const bare = shown
      .filter(({ doc }) => doc === '')
      .map(({ symbol, declarations }) => `${declarations.map(fileOf)[0]}: ${symbol.name}`);
    if (bare.length > 0) throw new Error(`exported without a comment that says what it is:\n${bare.join('\n')}`);
  }
}

/** What a barrel's opening comment says of its door. */
function openingOf({ barrel, specifier }: Door): string {
  const [, comment = ''] = /\/\*\*([\s\S]*?)\*\//.exec(textOf(barrel)) ?? [];
  const said = comment.replace(/\n \* ?/g, '\n').trim();
  const named = `\`${specifier}\`: `;
  return said.startsWith(named) ? capitalised(said.slice(named.length)) : said;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
