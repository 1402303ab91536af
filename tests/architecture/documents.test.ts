import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { names } from '@/lib/config/env'
import { creditPolicySchema } from '@/lib/domain/credit-policy'
import { DEFAULT_POLICY } from '@/lib/domain/default-policy'

const root = join(import.meta.dirname, '../..')
const documents = globSync('{README*.md,docs/**/*.md,lib/**/README.md}', { cwd: root }).sort()
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

/** A heading as it stands in an address: GitHub's way. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')

function linksOf(file: string): string[] {
  const text = textOf(file).replaceAll(/```[\s\S]*?```/g, '')
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '').filter((link) => !/^\w+:/.test(link))
}

function isThere(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : join(dirname(file), path)
  if (!existsSync(join(root, target))) return false
  if (anchor === undefined) return true
  return [...textOf(target).matchAll(/^#+ (.+)$/gm)].some(([, heading]) => anchorOf(heading ?? '') === anchor)
}

describe.each(documents)('%s', (file) => {
  test('its links lead somewhere', () => {
    expect(linksOf(file).filter((link) => !isThere(file, link))).toEqual([])
  })

  test('the commands it names are there', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(textOf('package.json')))
    const named = [...textOf(file).matchAll(/\bnpm run (?:-s )?([a-z][\w:]*)/g)].map(([, name]) => name ?? '')
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})

test('the example of a policy is what a university starts with', () => {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(textOf('docs/policy.md')) ?? []
  expect(creditPolicySchema.parse(JSON.parse(json))).toEqual(DEFAULT_POLICY)
})

test('every variable is explained, in .env.example and where installing is described', () => {
  for (const file of ['.env.example', 'docs/installing.md']) {
    expect(
      names.filter((name) => !textOf(file).includes(name)),
      file,
    ).toEqual([])
  }
})

test('pictures are small', () => {
  const folder = join(root, 'docs/images')
  const large = readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 150 * 1024)
  expect(large).toEqual([])
})

test('every decision stands in the index', () => {
  const index = textOf('docs/decisions/README.md')
  const pages = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name))
  expect(pages.filter((name) => !index.includes(`(${name})`))).toEqual([])
  expect(new Set(pages.map((name) => name.slice(0, 4))).size).toBe(pages.length)
})
