/**
 * Addresses of OTLP receivers in one form, so that two spellings of one are one.
 */

/** As it is compared, hashed and shown: without a slash at its end, and without who logs in. */
export function plainAddress(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/+$/, '');
}
