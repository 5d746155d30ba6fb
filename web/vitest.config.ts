import { defineConfig } from 'vitest/config';

export default defineConfig({
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  test: { include: ['src/**/*_test.ts', 'mcp/*_test.ts', 'flowise/*_test.ts'], environment: 'node' },
});
