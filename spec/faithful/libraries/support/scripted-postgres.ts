/**
 * As much of a PostgreSQL server as a client needs that asks for one column of text: it answers statements by a script, and
 * keeps them. Closed after the test. (PostgreSQL documentation, "Frontend/Backend Protocol", version 3.)
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** The rows of a statement; what it throws is the server's error. */
export type Answers = (statement: string) => readonly string[];

const opened: { readonly server: Server; readonly sockets: Set<Socket> }[] = [];

afterEach(async () => {
  for (const { server, sockets } of opened.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

export interface ScriptedPostgres {
  readonly port: number;
  /** The statements that were run, in order. */
  readonly ran: string[];
}

export async function openPostgres(answers: Answers): Promise<ScriptedPostgres> {
  const ran: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    const session = new Session(socket, (statement) => {
      ran.push(statement);
      return answers(statement);
    });
    socket.on('data', (bytes) => session.receive(bytes));
  });
  opened.push({ server, sockets });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, ran };
}

class Session {
  readonly #socket: Socket;
  readonly #run: Answers;
  #received: Buffer = Buffer.alloc(0);
  #started = false;
  /** After an error nothing is answered before the next Sync. */
  #failed = false;
  readonly #statements = new Map<string, string>();
  #bound = '';
  /** Of the bound statement, the rows that have not been sent yet. */
  #rows: string[] | undefined;

  constructor(socket: Socket, run: Answers) {
    this.#socket = socket;
    this.#run = run;
  }

  receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (;;) {
      const head = this.#started ? 1 : 0;
      if (this.#received.length < head + 4) return;
      const length = head + this.#received.readInt32BE(head);
      if (this.#received.length < length) return;
      const message = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      if (this.#started) this.#answer(String.fromCharCode(message[0] as number), message.subarray(5));
      else this.#start();
    }
  }

  #start(): void {
    this.#started = true;
    this.#send('R', int32(0));
    this.#send('K', int32(1), int32(1));
    this.#ready();
  }

  #answer(type: string, body: Buffer): void {
    if (type === 'X') return void this.#socket.end();
    if (type === 'S') return this.#ready();
    if (this.#failed) return;
    const [first = '', second = ''] = body.toString().split('\0');
    if (type === 'P') {
      this.#statements.set(first, second);
      this.#send('1');
    } else if (type === 'D') {
      const parameters = new Set(this.#statements.get(first.slice(1))?.match(/\$\d+/g));
      this.#send('t', int16(parameters.size), ...[...parameters].map(() => int32(25)));
      this.#describe();
    } else if (type === 'B') {
      this.#bound = this.#statements.get(second) ?? '';
      this.#rows = undefined;
      this.#send('2');
    } else if (type === 'E') this.#execute(body.readInt32BE(first.length + 1));
    else if (type === 'C') this.#send('3');
    else if (type === 'Q') {
      this.#bound = first;
      this.#rows = undefined;
      this.#describe();
      this.#execute(0);
      this.#ready();
    }
  }

  /** `atMost` 0: all rows. */
  #execute(atMost: number): void {
    try {
      this.#rows ??= [...this.#run(this.#bound)];
    } catch (error) {
      this.#failed = true;
      const fields = ['SERROR', 'VERROR', 'C42P01', `M${(error as Error).message}`];
      return this.#send('E', ...fields.map(text), Buffer.alloc(1));
    }
    const sent = this.#rows.splice(0, atMost === 0 ? this.#rows.length : atMost);
    for (const row of sent) this.#send('D', int16(1), int32(Buffer.byteLength(row)), Buffer.from(row));
    if (this.#rows.length > 0) this.#send('s');
    else this.#send('C', text(`SELECT ${sent.length}`));
  }

  #describe(): void {
    this.#send('T', int16(1), text('name'), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0));
  }

  #ready(): void {
    this.#failed = false;
    this.#send('Z', Buffer.from('I'));
  }

  #send(type: string, ...parts: Buffer[]): void {
    const body = Buffer.concat(parts);
    this.#socket.write(Buffer.concat([Buffer.from(type), int32(body.length + 4), body]));
  }
}

const text = (value: string): Buffer => Buffer.from(`${value}\0`);

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}
