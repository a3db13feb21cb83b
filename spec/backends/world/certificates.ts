/**
 * Certificates for one run: an authority of our own, a server of 127.0.0.1 and a client that it vouches for, and another
 * authority that nobody trusts.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../parts/run-command.js';

/** The files of a certificate and of its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

export class Certificates {
  readonly #folder: string;
  readonly authority: Certificate;
  readonly stranger: Certificate;
  readonly server: Certificate;
  readonly client: Certificate;

  private constructor(folder: string) {
    this.#folder = folder;
    this.authority = this.#files('authority');
    this.stranger = this.#files('stranger');
    this.server = this.#files('server');
    this.client = this.#files('client');
  }

  static async make(): Promise<Certificates> {
    const made = new Certificates(await mkdtemp(join(tmpdir(), 'spandrel-certificates-')));
    await Promise.all([made.#makeAuthority(made.authority), made.#makeAuthority(made.stranger)]);
    await made.#sign(made.server, 'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth');
    await made.#sign(made.client, 'extendedKeyUsage=clientAuth');
    return made;
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  #files(name: string): Certificate {
    return { cert: join(this.#folder, `${name}.pem`), key: join(this.#folder, `${name}.key`) };
  }

  async #makeAuthority({ cert, key }: Certificate): Promise<void> {
    await this.#openssl([
      'req',
      '-x509',
      ...newKey(key),
      '-days',
      '2',
      '-subj',
      '/CN=authority of a test',
      '-out',
      cert,
    ]);
  }

  async #sign({ cert, key }: Certificate, extensions: string): Promise<void> {
    await this.#openssl(['req', ...newKey(key), '-subj', '/CN=one of a test', '-out', `${cert}.request`]);
    await writeFile(`${cert}.extensions`, extensions);
    const by = ['-CA', this.authority.cert, '-CAkey', this.authority.key, '-CAcreateserial', '-days', '2'];
    await this.#openssl([
      'x509',
      '-req',
      '-in',
      `${cert}.request`,
      ...by,
      '-extfile',
      `${cert}.extensions`,
      '-out',
      cert,
    ]);
  }

  async #openssl(args: readonly string[]): Promise<void> {
    await runCommand('openssl', args, { timeoutMs: 30_000 });
  }
}

/** What a file of it holds. */
export function pem(file: string): Promise<string> {
  return readFile(file, 'utf8');
}

function newKey(file: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
}
