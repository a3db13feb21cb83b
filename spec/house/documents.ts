/**
 * The documents of the project as Markdown: their code blocks, headings and links.
 */
import { filesIn, isThere, textOf } from './project-files.js';

/** README.md and everything under `docs/`; those that are there. */
export function documents(): string[] {
  return [...['README.md', 'CHANGELOG.md'].filter(isThere), ...filesIn('docs', '.md')];
}

export interface Block {
  readonly document: string;
  /** The line of its first line of code, from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a document. A fence that is never closed is an error. */
export function blocksOf(document: string): Block[] {
  const blocks: Block[] = [];
  let open: { line: number; fence: string; indent: string; language: string; code: string[] } | undefined;
  for (const [at, line] of textOf(document).split('\n').entries()) {
    const [, indent = '', fence, info = ''] = /^(\s*)(`{3,}|~{3,})\s*(.*?)\s*$/.exec(line) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { line: at + 2, fence, indent, language: info, code: [] };
    } else if (fence !== undefined && info === '' && fence.startsWith(open.fence)) {
      const { line: first, language, code } = open;
      blocks.push({ document, line: first, language, code: `${code.join('\n')}\n` });
      open = undefined;
    } else {
      // A block in a list is indented with it.
      open.code.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  if (open !== undefined) throw new Error(`${document}:${open.line - 1}: the block is never closed`);
  return blocks;
}

/** A document without its fenced blocks and its inline code: prose, headings and links. */
export function proseOf(document: string): string {
  return textOf(document)
    .replace(/^(\s*)(`{3,}|~{3,})[\s\S]*?^\s*\2`*~*\s*$/gm, '')
    .replace(/`[^`\n]*`/g, (code) => (/^`[\w.-]+`$/.test(code) ? code.slice(1, -1) : ''));
}

/** Where links and pictures lead, without those to other sites. */
export function linksOf(document: string): string[] {
  const prose = proseOf(document);
  const written = [
    ...prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g),
    ...prose.matchAll(/^\[[^\]]+\]:\s*<?([^\s>]+)/gm),
    ...prose.matchAll(/\b(?:src|href|srcset)="([^"\s]+)/g),
  ];
  return written.map(([, target]) => target as string).filter((target) => !/^([a-z][a-z+.-]*:|\/\/)/i.test(target));
}

/** The anchors of a document, as GitHub makes them of headings. */
export function anchorsOf(document: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(document).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading]) => {
    const slug = (heading as string)
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
