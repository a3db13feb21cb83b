/**
 * A service that hands out Node streams of every make, and remembers what it gave.
 */
import { createReadStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import type { Log, Mark } from './twice.js';

export function files(mark: Mark, log: Log) {
  class Files {
    given: unknown;

    @mark
    words(...words: string[]): Readable {
      return this.keep(
        Readable.from(
          (function* () {
            for (const word of words) {
              log.push(`reads ${word}`);
              yield word;
            }
          })(),
        ),
      );
    }

    @mark
    file(path: string): Readable {
      return this.keep(createReadStream(path, { highWaterMark: 64, end: 199 }));
    }

    @mark
    async fileLater(path: string): Promise<Readable> {
      return this.keep(createReadStream(path, { end: 9 }));
    }

    @mark
    zipped(source: Readable): Transform {
      return this.keep(source.pipe(createGzip()));
    }

    @mark
    unzip(): Transform {
      return createGunzip();
    }

    @mark
    upper(): Transform {
      return new Transform({
        transform: (chunk: Buffer, _encoding, done) => done(null, chunk.toString().toUpperCase()),
      });
    }

    @mark
    failing(): Readable {
      return Readable.from(
        (function* () {
          yield 'one';
          throw new RangeError('broken');
        })(),
      );
    }

    @mark
    hand<T>(given: T): T {
      return given;
    }

    keep<T>(given: T): T {
      this.given = given;
      return given;
    }
  }
  return new Files();
}

export type Files = ReturnType<typeof files>;
