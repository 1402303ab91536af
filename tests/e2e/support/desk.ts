import { type BrowserContext, test as base, type Page } from '@playwright/test'
import { type PersonName, signIn } from '@/tests/e2e/support/people'
import type { Locale } from '@/tests/e2e/support/words'
import { readStack } from '@/tests/setup/e2e-places'
import type { SignedIn } from '@/tests/setup/sign-in'

/**
 * Tests that look at many pages, one after the other, at one desk: the browser keeps what it has fetched and compiled,
 * which is most of what the first page costs. Who sits there changes with {@link sitDown}.
 */
export const test = base.extend<object, { desk: BrowserContext }>({
  desk: [
    async ({ browser }, use) => {
      const desk = await browser.newContext({ baseURL: readStack().appUrl, timezoneId: 'Asia/Shanghai' })
      await use(desk)
      await desk.close()
    },
    { scope: 'worker' },
  ],
  page: async ({ desk }, use) => {
    const page = await desk.newPage()
    await use(page)
    await page.close()
  },
})

const sessions = new Map<PersonName, Promise<SignedIn>>()

/** The session of a person, one for all tests of a worker. */
export function sessionOf(who: PersonName): Promise<SignedIn> {
  const session = sessions.get(who) ?? signIn(who)
  sessions.set(who, session)
  return session
}

/** Lets a person sit down and read in a language; null is somebody who is not signed in. */
export async function sitDown(page: Page, who: PersonName | null, locale: Locale): Promise<void> {
  const session = who === null ? null : await sessionOf(who)
  await page.context().clearCookies()
  await page
    .context()
    .addCookies([
      { name: 'locale', value: locale, url: readStack().appUrl },
      ...(session === null ? [] : [session.browserCookie]),
    ])
}
