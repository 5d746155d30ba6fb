import { fileURLToPath } from 'node:url';
import { defineConfig, type ProxyOptions } from 'vite';
import { serviceWorkerList } from './build_service_worker';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The program that answers /api while the page comes from here. */
const program = process.env.EUPHONE_API ?? 'http://127.0.0.1:8765';

/** The program takes requests of its own page only, so the proxy speaks as that page. */
const api: ProxyOptions = {
  target: program,
  changeOrigin: true,
  ws: true,
  configure: (proxy) => {
    proxy.on('proxyReq', (request) => {
      if (request.getHeader('origin')) request.setHeader('origin', program);
    });
    proxy.on('proxyReqWs', (request) => request.setHeader('origin', program));
  },
};

/** As the program sends it with every answer: what breaks under it shall break here first. */
const policy =
  "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; worker-src 'self'; " +
  "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', legalComments: 'none' },
  build: {
    target: ['es2021', 'chrome94', 'firefox93', 'safari15.4'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: here('index.html'), fleet: here('fleet.html'), sw: here('src/sw.ts') },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // By their names the service worker knows what is not the learners'.
        chunkFileNames: (chunk) => `assets/${chunk.facadeModuleId?.includes('/src/fleet/') ? 'fleet-' : ''}[name]-[hash].js`,
      },
    },
  },
  worker: { format: 'es' },
  plugins: [serviceWorkerList(here('public'))],
  server: { proxy: { '/api': api } },
  preview: { proxy: { '/api': api }, headers: { 'Content-Security-Policy': policy } },
});
