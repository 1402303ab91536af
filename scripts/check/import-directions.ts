import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import type { Finding } from '@/scripts/check/finding'
import { cruiseOptions, forbidden, resolveOptions } from '@/scripts/check/import-rules'

const FOLDERS = ['app', 'components', 'lib', 'sandbox', 'scripts', 'tests', 'prisma']

/** Every import below `root` that goes in a direction the house does not know. */
export async function findWrongImports(root: string): Promise<Finding[]> {
  const folders = FOLDERS.filter((folder) => existsSync(join(root, folder)))
  const { output } = await cruise(
    folders,
    { ...cruiseOptions, baseDir: root, validate: true, ruleSet: { forbidden } },
    { ...resolveOptions, alias: { '@': root } },
  )
  if (typeof output === 'string') throw new Error(output)
  return violationsOf(output)
}

function violationsOf(result: ICruiseResult): Finding[] {
  return result.summary.violations.map((violation) => ({
    file: violation.from,
    words: `imports ${violation.to}: ${commentOf(violation.rule.name)} (${violation.rule.name})`,
  }))
}

function commentOf(name: string): string {
  return forbidden.find((rule) => rule.name === name)?.comment ?? name
}
