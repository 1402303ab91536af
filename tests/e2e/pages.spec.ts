import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { fillIn, listPages } from '@/tests/e2e/support/app-folder'
import { sessionOf, sitDown, test } from '@/tests/e2e/support/desk'
import { readFurniture } from '@/tests/e2e/support/furnish'
import { listKnownTexts } from '@/tests/e2e/support/known-texts'
import { beginLink } from '@/tests/e2e/support/link'
import { expectAccessible, expectStill, expectWithin, open, paint, readTexts, watch } from '@/tests/e2e/support/look'
import { PAGE_DOORS } from '@/tests/e2e/support/page-doors'
import { PEOPLE, type PersonName } from '@/tests/e2e/support/people'
import type { Locale } from '@/tests/e2e/support/words'

const WIDE = { width: 1280, height: 800 }
const PHONE = { width: 390, height: 844 }
const CHINESE = /[\u3400-\u9fff\uf900-\ufaff]/
const NAMESPACES = globSync('messages/en/*.json').map((file) => basename(file, '.json'))
// Most of what a look costs is the browser's work, and a trace doubles it; what is wrong is in the message.
test.use({ trace: 'off' })

/** A message that is missing is shown as its key. */
const MESSAGE_KEY = new RegExp(`^(${NAMESPACES.join('|')})\\.[\\w.]+$`)

/** Who looks at a page where the first of those let in would see nothing on it. */
const ONLOOKERS: Readonly<Record<string, PersonName>> = { '/credits': 'credited', '/notifications': 'neighbour' }

/** An id that nothing has. */
const NOBODYS = '00000000-0000-4000-8000-000000000000'

type Sight = { title: string; address: string; query: string; who: PersonName | null }

const SIGHTS: readonly Sight[] = [
  ...Object.entries(PAGE_DOORS)
    .filter(([, door]) => door.sendsTo === undefined)
    .map(([address, { open: who, query = '' }]) => ({
      title: address,
      address,
      query,
      who: who === 'anyone' ? null : (ONLOOKERS[address] ?? who[0] ?? null),
    })),
  // What stands there before there is anything, and what went wrong.
  ...['/home', '/accounts', '/contributions', '/claims', '/claims/new', '/credits', '/notifications'].map(
    (address): Sight => ({ title: `${address} of a newcomer`, address, query: '', who: 'newcomer' }),
  ),
  sight('/accounts', '?problem=link_denied', 'student'),
  sight('/sign-in', '?error=sign_in_expired', null),
  sight('/contributions', '?missing=https%3A%2F%2Fexample.org%2F1', 'student'),
  sight('/admin/catalog', '?search=nothing-is-called-so', 'admin'),
  sight('/admin/ledger', '?line=999999', 'admin'),
  sight(`/claims/${NOBODYS}`, '', 'student'),
  sight('/nothing-is-here', '', 'student'),
  sight('/nothing-is-here', '', null),
]

function sight(address: string, query: string, who: PersonName | null): Sight {
  return { title: `${address}${query} for ${who ?? 'anybody'}`, address, query, who }
}

test('every page of the app is looked at', () => {
  expect(Object.keys(PAGE_DOORS).sort()).toEqual(listPages())
})

for (const { title, address, query, who } of SIGHTS) {
  test(`looks right: ${title}`, async ({ page }) => {
    const path = (await addressFor(address, who)) + query
    const complaints = await watch(page)
    await look(page, { path, who, locale: 'zh-CN', size: WIDE, colorScheme: 'light' })
    await page.setViewportSize(PHONE)
    await expectWithin(page, 'zh-CN 390')
    await look(page, { path, who, locale: 'en', size: PHONE, colorScheme: 'dark' })
    await expectAccessible(page, 'en 390 dark')
    // The other screen and theme by drawing the edge, which costs no second arrival.
    await paint(page, 'light')
    await page.setViewportSize(WIDE)
    await expectWithin(page, 'en 1280')
    await expectAccessible(page, 'en 1280 light')
    // A page that is not there is told by its status, which the browser notes.
    expect.soft(complaints.filter((text) => !text.includes('status of 404'))).toEqual([])
  })
}

type Look = {
  path: string
  who: PersonName | null
  locale: Locale
  size: { width: number; height: number }
  colorScheme: 'light' | 'dark'
}

/** A page as it comes: nothing moves, nothing reaches over the edge, all is said in one language. */
async function look(page: Page, { path, who, locale, size, colorScheme }: Look): Promise<void> {
  const label = `${locale} ${size.width} ${colorScheme}`
  await sitDown(page, who, locale)
  await page.emulateMedia({ colorScheme })
  await open(page, path, size)
  await expectStill(page, label)
  await expectWithin(page, label)
  await expectOneLanguage(page, locale)
}

async function addressFor(address: string, who: PersonName | null): Promise<string> {
  const attemptId =
    who !== null && address === '/accounts/confirm/[attemptId]'
      ? await beginLink(await sessionOf(who), PEOPLE.neighbour.github)
      : ''
  return fillIn(address, PAGE_DOORS[address]?.values?.({ ...readFurniture(), attemptId }) ?? {})
}

/** No key of a message is shown, and on an English page Chinese stands only in what people and platforms wrote. */
async function expectOneLanguage(page: Page, locale: Locale): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('lang', locale)
  const texts = await readTexts(page, locale)
  expect.soft(texts.filter((text) => MESSAGE_KEY.test(text))).toEqual([])
  if (locale === 'zh-CN') return
  const known = await listKnownTexts()
  const left = texts.map((text) => known.reduce((rest, one) => rest.replaceAll(one, ''), text))
  expect.soft(left.filter((text) => CHINESE.test(text))).toEqual([])
}
