import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, type Page } from '@playwright/test'

/** How far things may move while a page arrives (Cumulative Layout Shift, without what input causes). */
const MOST_SHIFT = 0.02

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

declare global {
  interface Window {
    shiftSoFar?: number
    /** What moved, for whoever reads a failure. */
    movedSoFar?: string[]
    axe?: Pick<typeof import('axe-core'), 'run'>
  }
}

type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] }

/** Counts what moves, and keeps what the browser complains of: errors, warnings, refusals of the content policy. */
export async function watch(page: Page): Promise<string[]> {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.addInitScript(() => {
    window.shiftSoFar = 0
    const isShift = (entry: PerformanceEntry): entry is Shift => 'hadRecentInput' in entry
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (!isShift(entry) || entry.hadRecentInput) continue
        window.shiftSoFar = (window.shiftSoFar ?? 0) + entry.value
        for (const { node } of entry.sources) {
          const text = node instanceof Element ? node.outerHTML : (node?.textContent ?? '')
          window.movedSoFar = [...(window.movedSoFar ?? []), text.slice(0, 90)]
        }
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return complaints
}

/** Opens a page and waits until it stands: all of it is there, its fonts too, and it was drawn. */
export async function open(page: Page, path: string, size: { width: number; height: number }): Promise<void> {
  await page.setViewportSize(size)
  await page.goto(path, { waitUntil: 'load' })
  await expect(page.locator('h1').first()).toBeVisible()
  await page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  })
}

/** Nothing moved while the page came. */
export async function expectStill(page: Page, label: string): Promise<void> {
  const { shift, moved } = await page.evaluate(() => ({
    shift: window.shiftSoFar ?? 0,
    moved: window.movedSoFar ?? [],
  }))
  expect.soft(shift, `${label}: layout shift of ${moved.join(' | ')}`).toBeLessThanOrEqual(MOST_SHIFT)
}

/** Nothing reaches over the edge. */
export async function expectWithin(page: Page, label: string): Promise<void> {
  const { width, content } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    content: document.documentElement.scrollWidth,
  }))
  expect.soft(content, `${label}: reaches over the edge`).toBeLessThanOrEqual(width)
}

/** Draws the open page in other colours, and waits until those that fade are the new ones. */
export async function paint(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    await Promise.allSettled(fading.map((transition) => transition.finished))
  })
}

/** axe finds nothing serious or critical. */
export async function expectAccessible(page: Page, label: string): Promise<void> {
  const grave = (await askAxe(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical')
  expect
    .soft(
      grave.map(({ id, nodes }) => `${id}: ${nodes.join(' | ')}`),
      `${label}: axe`,
    )
    .toEqual([])
}

type Violation = { id: string; impact: string | null; nodes: string[] }

/** axe costs more to read than to run: a document that has it already (in other colours, say) is asked with it. */
async function askAxe(page: Page): Promise<Violation[]> {
  if (await page.evaluate(() => window.axe === undefined)) await page.evaluate(AXE)
  return page.evaluate(async () => {
    if (window.axe === undefined) throw new Error('axe did not come.')
    // Nothing is asked of what passes, and no style sheet is fetched again.
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], preload: false })
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? null,
      nodes: nodes.map(({ html }) => html.slice(0, 160)),
    }))
  })
}

/** Every text that a person can read or be told, but for what says of itself that it is in another language. */
export function readTexts(page: Page, locale: string): Promise<string[]> {
  return page.evaluate((language) => {
    const texts: string[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node: Node | null = walker.currentNode; node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement
      if (!element || element.closest('script, style')) continue
      const stated = element.closest('[lang]')?.getAttribute('lang')
      if (stated && stated !== language) continue
      if (node instanceof Text) texts.push(node.data)
      else {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.push(element.getAttribute(name) ?? '')
      }
    }
    texts.push(document.title)
    return texts.map((text) => text.trim()).filter((text) => text !== '')
  }, locale)
}
