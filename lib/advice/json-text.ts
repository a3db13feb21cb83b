/**
 * The JSON text of what a walk has told, no longer than it may be and still JSON: what does not fit is left out with a mark,
 * like all that the walk itself left out.
 */
import { cutText } from '../conventions/bounded-text.js';
import { restKey, restText, type Structured } from './structured.js';

/** What stands for a value there is no room for. */
const mark = '"…"';

/** `parts`: how much there was of the lists and maps that are told in part. */
export function jsonText(told: Structured, most: number, parts: ReadonlyMap<object, number>): string {
  const whole = JSON.stringify(told);
  if (whole.length <= most) return whole;
  return new Fitting(parts).written(told, most) ?? cutText('……', most);
}

class Fitting {
  readonly #parts: ReadonlyMap<object, number>;

  constructor(parts: ReadonlyMap<object, number>) {
    this.#parts = parts;
  }

  /** `undefined` where there is no room for anything of it. */
  written(told: Structured, room: number): string | undefined {
    if (typeof told === 'object' && told !== null) return this.#container(told, room);
    const text = JSON.stringify(told);
    const excess = text.length - room;
    if (excess <= 0) return text;
    if (typeof told !== 'string' || room < mark.length) return undefined;
    // Every character that is left out makes the text shorter by one at least.
    return JSON.stringify(cutText(told, Math.max(1, told.length - excess)));
  }

  #container(told: Structured[] | { readonly [key: string]: Structured }, room: number): string | undefined {
    const isList = Array.isArray(told);
    const found: readonly (readonly [string, Structured])[] = Object.entries(told);
    const size = this.#parts.get(told) ?? found.length;
    const entries = this.#parts.has(told) ? found.slice(0, -1) : found;
    let text = isList ? '[' : '{';
    let done = 0;
    for (const [key, value] of entries) {
      const head = `${done === 0 ? '' : ','}${isList ? '' : `${JSON.stringify(key)}:`}`;
      const kept = done === size - 1 ? 1 : 2 + rest(size, isList).length;
      const one = this.written(value, room - text.length - head.length - kept);
      if (one === undefined) break;
      text += head + one;
      done += 1;
    }
    if (done < size) text += `${done === 0 ? '' : ','}${rest(size - done, isList)}`;
    text += isList ? ']' : '}';
    if (text.length <= room) return text;
    return room < mark.length ? undefined : mark;
  }
}

function rest(count: number, isList: boolean): string {
  const text = JSON.stringify(restText(count));
  return isList ? text : `${JSON.stringify(restKey)}:${text}`;
}
