import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isFleets } from '../build_service_worker';

/** Where the page was built, as web/CMakeLists.txt says; else where `npm run build` puts it. */
const built = process.env.EUPHONE_PAGE ?? fileURLToPath(new URL('../dist', import.meta.url));

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const there = process.env.EUPHONE_PAGE !== undefined || existsSync(built);

it.runIf(there)('what the service worker keeps is all there: one file that is not, and it keeps none', () => {
  const listed = /\["\/".*?\]/.exec(readFileSync(join(built, 'sw.js'), 'utf8'));
  const kept = (JSON.parse(listed![0]) as string[]).filter((file) => file !== '/');
  const all = files(built).map((file) => file.slice(built.length));
  expect(kept.sort()).toEqual(all.filter((file) => file !== '/sw.js' && file !== '/index.html' && !isFleets(file.slice(1))).sort());
});

it.runIf(there)('the built page stays below 250 kB compressed, and knows no other host', () => {
  const all = files(built);
  const size = all.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  expect(size).toBeLessThan(250_000);
  for (const file of all.filter((name) => /\.(js|css|html|webmanifest)$/.test(name))) {
    const addresses = readFileSync(file, 'utf8').match(/https?:\/\/[\w.-]+/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith('http://www.w3.org'))).toEqual([]);
  }
});
