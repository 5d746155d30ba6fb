import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const built = fileURLToPath(new URL('../dist', import.meta.url));

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

it.runIf(existsSync(built))('the built page stays below 250 kB compressed, and knows no other host', () => {
  const all = files(built);
  const size = all.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  expect(size).toBeLessThan(250_000);
  for (const file of all.filter((name) => /\.(js|css|html|webmanifest)$/.test(name))) {
    const addresses = readFileSync(file, 'utf8').match(/https?:\/\/[\w.-]+/g) ?? [];
    expect(addresses.filter((address) => !address.startsWith('http://www.w3.org'))).toEqual([]);
  }
});
