import { defineConfig } from '@playwright/test'
import { findBrowser } from './tests/setup/browser'
import { e2ePlaces } from './tests/setup/e2e-places'

const [browser, places] = [await findBrowser(), await e2ePlaces()]
const appUrl = `http://localhost:${places.port}`

export default defineConfig({
  testDir: 'tests/e2e',
  projects: [
    { name: 'furnish', testMatch: 'furnish.setup.ts' },
    { name: 'browser', testMatch: '*.spec.ts', dependencies: ['furnish'] },
  ],
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env.E2E_REPORT ? [['list'], ['json', { outputFile: process.env.E2E_REPORT }]] : [['list']],
  use: {
    baseURL: appUrl,
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: browser.executablePath,
      args: [...browser.args],
      env: { ...definedVariables(), ...browser.env },
    },
  },
  webServer: {
    command: 'node --import tsx tests/setup/stack-main.ts',
    url: `${appUrl}/api/health`,
    // For writing tests: E2E_PORT, E2E_SANDBOX_PORT and E2E_DATA_DIR name a stack that is up already.
    reuseExistingServer: process.env.E2E_REUSE === '1',
    timeout: 240_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    stdout: 'pipe',
  },
})

function definedVariables(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
