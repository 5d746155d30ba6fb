import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that passes everything on and can be taken away, as a program that was stopped. */
export async function forward(to: string, port = 0): Promise<{ url: string; port: number; close: () => Promise<void> }> {
  const target = new URL(to);
  const server = createServer((incoming, answer) => {
    const headers = { ...incoming.headers, host: target.host, ...(incoming.headers.origin && { origin: target.origin }) };
    const passed = request({ host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers }, (from) => {
      answer.writeHead(from.statusCode!, from.headers);
      from.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
