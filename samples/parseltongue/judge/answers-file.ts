// Answers about code, as a model gave them, read from a file:
// { "about": "node_modules/@babel", "answers": [{ "question": "…", "answer": "…" }] }, where "about" may be left out.

import { readFile } from 'node:fs/promises';
import { types } from 'node:util';

export interface GivenAnswer {
  readonly question: string;
  readonly answer: string;
}

export interface GivenAnswers {
  /** What they are about, to be shown beside a tree that is another one; '' if the file does not say. */
  readonly about: string;
  readonly answers: readonly GivenAnswer[];
}

export class AnswersFileProblem extends Error {
  override readonly name = 'AnswersFileProblem';
}

export async function readAnswers(path: string): Promise<GivenAnswers> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new AnswersFileProblem(`the answers in ${path} cannot be read: ${types.isNativeError(cause) ? cause.message : String(cause)}`, {
      cause,
    });
  }
  const { about, answers }: { about?: unknown; answers?: unknown } = typeof content === 'object' && content !== null ? content : {};
  if (!Array.isArray(answers) || !answers.every(isAnswer)) {
    throw new AnswersFileProblem(`${path} holds no list "answers" of objects with the texts "question" and "answer"`);
  }
  return { about: typeof about === 'string' ? about : '', answers };
}

function isAnswer(value: unknown): value is GivenAnswer {
  return (
    typeof value === 'object'
    && value !== null
    && 'question' in value
    && typeof value.question === 'string'
    && 'answer' in value
    && typeof value.answer === 'string'
  );
}
