/** The stack that the browser tests run against; playwright.config.ts starts and ends it. */

import { e2ePlaces } from '@/tests/setup/e2e-places'
import { startTestStack, writeStackFile } from '@/tests/setup/stack'

const places = await e2ePlaces()
const stack = await startTestStack(places)
writeStackFile(places.dataDir, stack)
console.log(`ready on ${stack.appUrl}`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    void stack.stop().then(() => process.exit(0))
  })
}
