// A receiver that costs as little as one can: it counts bytes, and answers that all was taken. `GET /` tells how many there were.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let bytes = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(bytes));
    return;
  }
  if (request.url?.endsWith('/v1/traces') === true) request.on('data', (chunk: Buffer) => (bytes += chunk.length));
  else request.resume();
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
});

server.listen(0, '127.0.0.1', () => {
  console.log(`listening at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
