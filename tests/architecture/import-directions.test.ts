import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findWrongImports } from '@/scripts/check/import-directions'
import { forbidden } from '@/scripts/check/import-rules'

const here = process.cwd()
const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A small house of these files; `from` has one import of `to`. */
function house(from: string, to: string, statement = 'import { thing } from'): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'yuanfen-house-')))
  folders.push(root)
  symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'))
  writeFileSync(join(root, 'package.json'), JSON.stringify({ type: 'module', devDependencies: { vitest: '*' } }))
  put(
    root,
    from,
    `${statement} '${to.startsWith('@/') ? to.replace(/[.]tsx?$/, '') : to}'\nexport const user = [thing]\n`,
  )
  if (to.startsWith('@/') && !to.includes('nowhere'))
    put(root, to.slice(2), 'export const thing = 1\nexport type thing = number\n')
  return root
}

function put(root: string, path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const broken = [
  ['domain-imports-nothing', 'lib/domain/rule.ts', '@/lib/db/claims.ts'],
  ['domain-imports-nothing', 'lib/domain/rule.ts', 'pg'],
  ['only-db-imports-prisma', 'lib/claims/submit-claim.ts', '@prisma/client'],
  ['only-db-imports-prisma', 'app/page.tsx', 'pg'],
  ['only-queue-imports-the-queue-library', 'lib/sync/start.ts', 'graphile-worker'],
  ['only-platforms-imports-octokit', 'lib/sync/start.ts', '@octokit/rest'],
  ['feature-never-imports-feature', 'lib/claims/submit-claim.ts', '@/lib/reviews/decide.ts'],
  ['features-look-down', 'lib/claims/submit-claim.ts', '@/lib/worker/main.ts'],
  ['db-knows-no-feature', 'lib/db/claims.ts', '@/lib/claims/submit-claim.ts'],
  ['platforms-know-no-feature', 'lib/platforms/github/api.ts', '@/lib/sync/start.ts'],
  ['queue-knows-no-feature', 'lib/queue/jobs.ts', '@/lib/sync/start.ts'],
  ['components-only-show', 'components/claims/list.tsx', '@/lib/db/claims.ts'],
  ['components-only-show', 'components/claims/list.tsx', '@/lib/claims/submit-claim.ts'],
  ['app-has-no-query', 'app/page.tsx', '@/lib/db/claims.ts'],
  ['lib-knows-no-screen', 'lib/claims/submit-claim.ts', '@/components/ui/button.tsx'],
  ['lib-needs-no-scripts', 'lib/claims/submit-claim.ts', '@/scripts/postgres/server.ts'],
  ['nothing-imports-tests-or-sandbox', 'lib/claims/submit-claim.ts', '@/sandbox/world.ts'],
  ['nothing-imports-tests-or-sandbox', 'app/page.tsx', '@/tests/setup/database.ts'],
  ['sandbox-is-the-outside-world', 'sandbox/world.ts', '@/lib/domain/contribution.ts'],
  ['imports-resolve', 'lib/claims/submit-claim.ts', '@/lib/nowhere.ts'],
  ['no-development-dependency-in-production', 'lib/claims/submit-claim.ts', 'vitest'],
] as const

test.each(broken)('%s: %s may not import %s', async (rule, from, to) => {
  const findings = await findWrongImports(house(from, to))
  expect(findings.map((finding) => finding.words).join('\n')).toContain(`(${rule})`)
  expect(findings[0]?.file).toBe(from)
})

test('no-circles: two files that need each other', async () => {
  const root = house('lib/domain/one.ts', '@/lib/domain/two.ts')
  put(root, 'lib/domain/two.ts', `import { user } from '@/lib/domain/one'\nexport const thing = () => user\n`)
  const findings = await findWrongImports(root)
  expect(findings.map((finding) => finding.words).join('\n')).toContain('(no-circles)')
})

const sound = [
  ['lib/claims/submit-claim.ts', '@/lib/db/claims.ts'],
  ['lib/domain/rule.ts', 'zod'],
  ['components/claims/list.tsx', '@/lib/claims/view.ts'],
  ['app/page.tsx', '@/lib/claims/submit-claim.ts'],
  ['lib/claims/submit-claim.test.ts', '@/tests/setup/database.ts'],
] as const

test.each(sound)('%s may import %s', async (from, to) => {
  expect(await findWrongImports(house(from, to))).toEqual([])
})

test('the sandbox may import types', async () => {
  const root = house('sandbox/world.ts', '@/lib/domain/contribution.ts', 'import type { thing } from')
  put(root, 'sandbox/world.ts', `import type { thing } from '@/lib/domain/contribution'\nexport type Own = thing\n`)
  expect(await findWrongImports(root)).toEqual([])
})

test('each rule is shown to fail once', () => {
  const shown = new Set<string | undefined>([...broken.map(([rule]) => rule), 'no-circles'])
  expect(forbidden.map((rule) => rule.name).filter((name) => !shown.has(name))).toEqual([])
})
