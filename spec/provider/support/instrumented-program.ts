/**
 * A shop that is asked over HTTP, and asks its own stock over HTTP: by `http`, by `fetch` and by `undici`. It knows nothing
 * of telemetry but its annotations. Run to its end, it says what was patched before and after `shutdown()`.
 */
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Telemetry, Traced } from 'spandrel';
import { request } from 'undici';

class Shop {
  @Traced()
  async order(at: string): Promise<string> {
    const answers = [await byHttp(`${at}/stock`), await byFetch(`${at}/stock`), await byUndici(`${at}/stock`)];
    return answers.join(' ');
  }

  @Traced()
  stock(): string {
    return 'rye';
  }
}

class Customer {
  @Traced()
  visit(at: string): Promise<string> {
    return byHttp(`${at}/order`);
  }
}

function byHttp(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { agent: false }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      })
      .on('error', reject);
  });
}

const byFetch = async (url: string): Promise<string> => (await fetch(url)).text();

const byUndici = async (url: string): Promise<string> => (await request(url)).body.text();

const shop = new Shop();
const server = http.createServer((incoming, outgoing) => {
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = incoming.url === '/order' ? shop.order(here) : Promise.resolve(shop.stock());
  void answer.then((text) => outgoing.end(text));
});

const isPatched = (): boolean => '__original' in http.get;

async function main(): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const answer = await new Customer().visit(here);
  const before = isPatched();
  const { telemetry } = globalThis as { telemetry?: Telemetry };
  await telemetry?.flush();
  await telemetry?.shutdown();
  const after = isPatched();
  await byHttp(`${here}/stock`);
  server.close();
  server.closeAllConnections();
  console.log(JSON.stringify({ answer, before, after, faults: telemetry?.health().faults }));
}

void main();
