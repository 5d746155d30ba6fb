import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What belongs to the hub's page alone, which needs its hub and has no service worker. */
export const isFleets = (file: string): boolean => file === 'fleet.html' || /^assets\/fleet-/.test(file);

/** Tells the service worker which files make up the page, and gives each build a name of its own. */
export function serviceWorkerList(publicFolder: string): Plugin {
  return {
    name: 'service-worker-list',
    apply: 'build',
    // After Vite has dropped the scripts of which nothing but a style sheet was left.
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (!worker || worker.type !== 'chunk') return;
      const built = Object.keys(bundle).filter((file) => file !== 'sw.js' && file !== 'index.html' && !isFleets(file));
      const copied = readdirSync(join(publicFolder));
      const files = ['/', ...[...built, ...copied].sort().map((file) => `/${file}`)];
      const digest = createHash('sha256');
      for (const [name, file] of Object.entries(bundle)) {
        digest.update(name).update(file.type === 'chunk' ? file.code : file.source);
      }
      worker.code = worker.code
        .replace(/["']__FILES__["']/, JSON.stringify(files))
        .replace('__BUILD__', digest.digest('hex').slice(0, 12));
    },
  };
}
