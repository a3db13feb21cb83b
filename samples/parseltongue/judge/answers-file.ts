// Answers about code, as a model gave them, read from a file: { "answers": [{ "question": "…", "answer": "…" }] }.

import { readFile } from 'node:fs/promises';

export interface GivenAnswer {
  readonly question: string;
  readonly answer: string;
}

export class AnswersFileProblem extends Error {
  override readonly name = 'AnswersFileProblem';
}

export async function readAnswers(path: string): Promise<GivenAnswer[]> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new AnswersFileProblem(`the answers in ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const answers: unknown = typeof content === 'object' && content !== null && 'answers' in content ? content.answers : undefined;
  if (!Array.isArray(answers) || !answers.every(isAnswer)) {
    throw new AnswersFileProblem(`${path} holds no list "answers" of objects with the texts "question" and "answer"`);
  }
  return answers;
}

function isAnswer(value: unknown): value is GivenAnswer {
  return typeof value === 'object' && value !== null
    && 'question' in value && typeof value.question === 'string' && 'answer' in value && typeof value.answer === 'string';
}
