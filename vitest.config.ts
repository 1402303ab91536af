import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: [
      '{lib,components,app,sandbox,scripts}/**/*.test.{ts,tsx}',
      'tests/{architecture,contract,integration}/**/*.test.ts',
    ],
    environment: 'node',
    // On a busy machine a first query or a first request to a server may take its time.
    testTimeout: 30_000,
    env: { LOG_LEVEL: 'silent' },
    globalSetup: ['tests/setup/vitest-global.ts'],
  },
})
