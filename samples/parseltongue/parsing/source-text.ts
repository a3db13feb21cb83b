// The text of a source file, or why there is none: too large, or not text at all (`.ts` is also the ending of video files).
// Decoded by the compiler's rule (byte order marks of UTF-8 and UTF-16), so that positions and errors agree with it.

import { open } from 'node:fs/promises';
import { FileProblem } from '../tree/file-problem.js';
import type { SourceFile } from '../tree/source-tree.js';

/** Like git: a file with a zero byte near its beginning is binary. */
const LOOKED_AT = 8_000;

export async function readSource(file: SourceFile, maxBytes: number): Promise<string> {
  const handle = await open(file.location);
  try {
    const { size } = await handle.stat();
    if (size > maxBytes) throw new FileProblem('too-large', `${file.path} has ${size} bytes, more than the limit of ${maxBytes}`);
    return decode(await handle.readFile(), file.path);
  } finally {
    await handle.close();
  }
}

function decode(bytes: Buffer, path: string): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    // A last odd byte is dropped, as by the compiler; swap16 refuses an odd length.
    return Buffer.from(bytes.subarray(0, bytes.length & ~1))
      .swap16()
      .toString('utf16le', 2);
  }
  if (bytes.subarray(0, LOOKED_AT).includes(0)) throw new FileProblem('binary', `${path} is not text`);
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bytes.toString('utf8', marked ? 3 : 0);
}
