/**
 * Attributes and bodies as text: `key=value`, quoted only where a reader could not see where the value ends, and
 * structured values as JSON. All of it is safe to print.
 */
import { visible } from './visible.js';

/** Every attribute as `key=value`, in the order they were set; those without a value are left out. */
export function attributeTexts(attributes: Readonly<Record<string, unknown>> | undefined): string[] {
  const texts: string[] = [];
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined) texts.push(`${visible(key)}=${valueText(value)}`);
  }
  return texts;
}

/** A value, on one line. */
export function valueText(value: unknown): string {
  if (typeof value !== 'string') return bodyText(value);
  return value === '' || /[\s"=]/.test(value) ? visible(json(value)) : visible(value);
}

/** A body, on one line: text as it is. */
export function bodyText(body: unknown): string {
  if (typeof body === 'string') return visible(body);
  if (body instanceof Uint8Array) return `(${body.byteLength} bytes)`;
  return typeof body === 'object' && body !== null ? visible(json(body)) : visible(String(body));
}

function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A circle, a bigint, a getter that throws: what can't be told must not cost the line.
    return '(unreadable)';
  }
}
