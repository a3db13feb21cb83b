/**
 * Ports on loopback that are free at the moment, for programs that must be told theirs. Another program may take one
 * before it is used: who starts a program with them tries again with others.
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below those that the system gives to connections: a program that is ended and started again must find its port as it left it,
 * and a client that keeps trying to reach it must not meet itself.
 */
const range = [20_000, 32_000] as const;

export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(...range);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
