import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const TESTS = [
  '{lib,components,app,sandbox,scripts}/**/*.test.{ts,tsx}',
  'tests/{architecture,contract,integration}/**/*.test.ts',
]

/** A process reads its configuration once: a file that sets addresses or secrets of its own has a process to itself. */
export const OWN_PROCESS = [
  'lib/auth/session-cookie.test.ts',
  'lib/config/**/*.test.ts',
  'tests/integration/{accounts,auth,cli,demo,health,sync}/**/*.test.ts',
  'tests/integration/contributions/**/*.test.ts',
  'tests/integration/claims/evidence-worker.test.ts',
  'tests/integration/people/erase-person.test.ts',
  'tests/integration/real-contributions.test.ts',
]

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    environment: 'node',
    // Tests wait for databases and processes most of their time: one worker would leave a machine of two cores idle.
    maxWorkers: 3,
    // On a busy machine a first query or a first request to a server may take its time.
    testTimeout: 30_000,
    env: { LOG_LEVEL: 'silent' },
    globalSetup: ['tests/setup/vitest-global.ts'],
    projects: [
      { extends: true, test: { name: 'own process', include: OWN_PROCESS, isolate: true } },
      // The others share a process: most of what a file costs is to load what it imports.
      { extends: true, test: { name: 'shared process', include: TESTS, exclude: OWN_PROCESS, isolate: false } },
    ],
  },
})
