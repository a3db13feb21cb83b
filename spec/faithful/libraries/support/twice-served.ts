/**
 * The same exercise on both services, each with a scripted server of its own; what it gave comes with what was requested.
 */
import { openServer, type Script, type ScriptedServer } from './scripted-server.js';
import { type Log, type Mark, twice } from './twice.js';

export async function twiceServed<Service, Result>(
  script: Script,
  make: (server: ScriptedServer, mark: Mark) => Service,
  exercise: (service: Service, server: ScriptedServer, log: Log) => Promise<Result>,
): Promise<{ readonly gave: Result; readonly requests: readonly string[] }> {
  const servers = [await openServer(script), await openServer(script)];
  const { result } = await twice(
    (mark) => {
      const server = servers.shift() as ScriptedServer;
      return { server, service: make(server, mark) };
    },
    async ({ server, service }, log) => ({
      gave: await exercise(service, server, log),
      requests: server.requests,
    }),
  );
  return result;
}
