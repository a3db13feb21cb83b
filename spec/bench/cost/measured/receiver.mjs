/**
 * An OTLP receiver that reads all and keeps nothing, in a process of its own: what it costs is not the program's. Ends
 * with its parent.
 */
import { createServer } from 'node:http';

const received = { requests: 0, bytes: 0 };

const server = createServer((request, response) => {
  received.requests += 1;
  request.on('data', (chunk) => (received.bytes += chunk.length));
  request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'));
});

process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send({ received }));
server.listen(0, '127.0.0.1', () => process.send({ url: `http://127.0.0.1:${server.address().port}` }));
