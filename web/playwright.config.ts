import { defineConfig } from '@playwright/test';
import { recordings } from './e2e/recordings';

/** Against the program that e2e/start.ts starts, and the page that is part of it; with EUPHONE_URL, against one that is served already. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/start.ts',
  outputDir: 'test-results',
  workers: 1,
  // A busy machine drops samples of the false microphone, and then there is rightly no score.
  retries: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    locale: 'en-US',
    colorScheme: 'light',
    viewport: { width: 1280, height: 860 },
    permissions: ['microphone'],
    ignoreHTTPSErrors: true,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${recordings.nextYear.wav}`,
        '--autoplay-policy=no-user-gesture-required',
      ],
    },
  },
});
