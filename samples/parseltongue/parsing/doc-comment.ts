// The words of a declaration's documentation comment, for search and for showing: the text before the first tag, bounded.
// Read from the source text, so that no syntax tree of the comment is needed.

import ts from 'typescript';

const LONGEST = 400;

export function docComment(node: ts.Node, text: string): string {
  const comment = ts.getLeadingCommentRanges(text, node.pos)?.findLast(range => text.startsWith('/**', range.pos));
  if (!comment || comment.end - comment.pos < 6) return '';
  // Cut before cleaning: a licence of fifty kilobytes is not worth fifty kilobytes of work.
  const raw = text.slice(comment.pos + 3, Math.min(comment.end - 2, comment.pos + 8 * LONGEST));
  const words = raw
    .replace(/^[\s*]*@\w[\s\S]*|\n[ \t]*\*?[ \t]*@\w[\s\S]*$/, '')
    .replace(/\s*\n[ \t]*\*?/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}
