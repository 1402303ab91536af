import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')

function tokens(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/--c-([\w-]+): (#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const GROUNDS = ['paper', 'sheet', 'wash']
const TEXTS: [string, string[]][] = [
  ['ink', [...GROUNDS, 'cinnabar-wash', 'jade-wash', 'amber-wash', 'indigo-wash']],
  ['ink-soft', [...GROUNDS, 'cinnabar-wash', 'jade-wash', 'amber-wash', 'indigo-wash']],
  ['ink-faint', GROUNDS],
  ['cinnabar', [...GROUNDS, 'cinnabar-wash']],
  ['jade', [...GROUNDS, 'jade-wash']],
  ['amber', [...GROUNDS, 'amber-wash']],
  ['indigo', [...GROUNDS, 'indigo-wash']],
  ['on-cinnabar', ['cinnabar', 'cinnabar-deep']],
  ['paper', ['ink', 'ink-soft']],
]

describe.each([
  ['light', ':root'],
  ['dark', '[data-theme="dark"]'],
])('%s', (_name, selector) => {
  const color = tokens(selector)
  const pairs = TEXTS.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const))

  it.each(pairs)('%s is readable on %s', (text, ground) => {
    expect(contrast(color.get(text) ?? '', color.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5)
  })

  it('frames of fields and the focus ring can be seen', () => {
    for (const ground of GROUNDS) {
      expect(contrast(color.get('line-strong') ?? '', color.get(ground) ?? '')).toBeGreaterThanOrEqual(3)
      expect(contrast(color.get('focus') ?? '', color.get(ground) ?? '')).toBeGreaterThanOrEqual(3)
    }
  })
})

it('the device’s dark theme is the chosen one', () => {
  expect(tokens('  [data-theme="system"]')).toEqual(tokens('[data-theme="dark"]'))
})
