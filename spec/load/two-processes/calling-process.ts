/**
 * Starts one of the two processes, and asks it for spans; what it exported is with the receiver that it was given.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import type { Health } from 'spandrel';
import type { PlannedSpan } from '../../support/mixed-traces/planned-span.js';
import { OtlpReceiver } from '../../support/otlp-receiver.js';

/** What a process tells at its end. */
export interface Told {
  readonly arrived: readonly (readonly [
    key: number,
    traceparent: string | undefined,
    tracestate: string | undefined,
  ])[];
  readonly traceIds: readonly (readonly [key: number, traceId: string])[];
  readonly health: Health;
}

export class CallingProcess {
  readonly receiver: OtlpReceiver;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #agent = new Agent({ keepAlive: true });

  private constructor(receiver: OtlpReceiver, child: ChildProcess, port: number) {
    this.receiver = receiver;
    this.#child = child;
    this.port = port;
  }

  static async start(seed: number): Promise<CallingProcess> {
    const receiver = await OtlpReceiver.start();
    const inherited = Object.entries(process.env).filter(([variable]) => !/^(OTEL|NODE)_/.test(variable));
    const child = fork(join(__dirname, 'calling-program.ts'), [receiver.endpoint, String(seed)], {
      execArgv: ['--import', 'tsx'],
      env: Object.fromEntries(inherited),
    });
    const { port } = await told<{ port: number }>(child);
    return new CallingProcess(receiver, child, port);
  }

  knows(other: CallingProcess): void {
    this.#child.send({ peer: other.port });
  }

  /** Answers when the span has ended, and all that it asked of the other process. */
  play(span: PlannedSpan, headers: Record<string, string>): Promise<void> {
    return new Promise((resolve, reject) => {
      const options = { port: this.port, host: '127.0.0.1', method: 'POST', headers, agent: this.#agent };
      const asked = request(options, (response) => void response.resume().on('end', resolve));
      asked.on('error', reject);
      asked.end(JSON.stringify(span));
    });
  }

  /** Ends it, once all is exported. */
  end(): Promise<Told> {
    this.#agent.destroy();
    this.#child.send({});
    return told<Told>(this.#child);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.receiver.stop();
  }
}

function told<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Message));
    child.once('exit', (code) => reject(new Error(`the process ended with ${code}`)));
  });
}
