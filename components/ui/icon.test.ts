import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { ICON_NAMES } from '@/components/ui/icon-names'

it('draws every icon that has a name', () => {
  const sprite = readFileSync(new URL('./icons.svg', import.meta.url), 'utf8')
  const drawn = [...sprite.matchAll(/<symbol id="([\w-]+)"/g)].map((match) => match[1])
  expect(drawn).toEqual([...ICON_NAMES])
})
