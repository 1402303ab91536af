import { test } from '@playwright/test'
import { furnish } from '@/tests/e2e/support/furnish'

test('something of every kind is there for pages to show and doors to guard', async () => {
  test.setTimeout(240_000)
  await furnish()
})
