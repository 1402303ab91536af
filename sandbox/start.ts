import { getSchema } from './github/graphql/schema'
import { startSandbox } from './server'

/** `npx tsx sandbox/start.ts`: one line when ready; ends on SIGTERM or SIGINT. */
const sandbox = await startSandbox({
  port: Number(process.env.SANDBOX_PORT ?? 4000),
  mailPort: Number(process.env.SANDBOX_MAIL_PORT ?? 0),
  world: {
    contributionsDirectory: process.env.SANDBOX_CONTRIBUTIONS || null,
    peopleCount: process.env.SANDBOX_PEOPLE ? Number(process.env.SANDBOX_PEOPLE) : null,
    pullRequestCount: process.env.SANDBOX_PULL_REQUESTS ? Number(process.env.SANDBOX_PULL_REQUESTS) : null,
  },
  ...(process.env.APP_URL ? { appUrls: [process.env.APP_URL, 'http://127.0.0.1/', 'http://localhost/'] } : {}),
})
// GitHub's schema takes a moment to build: now, not in the first student's query.
getSchema()
console.log(`sandbox ready on ${sandbox.origin}, mail on port ${sandbox.mailPort}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    sandbox.close().then(() => process.exit(0))
  })
}
