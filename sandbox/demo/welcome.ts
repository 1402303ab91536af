import { relative } from 'node:path'
import { platformName } from '@/lib/domain/platform'
import type { Stack } from '@/sandbox/demo/stack'
import { DEMO_UNIVERSITIES, type DemoPerson, demoPeople, type UniversitySlug } from '@/sandbox/world/demo-people'
import { PLATFORMS } from '@/sandbox/world/types'

const ROLES = [
  ['student', 'students'],
  ['reviewer', 'reviewers'],
  ['admin', 'admins'],
] as const
const NAMED = 2

/** What to do now, for whoever looks at the terminal. */
export function welcome(stack: Stack, dataDir: string): string {
  const beside = relative(process.cwd(), dataDir)
  const folder = beside.startsWith('..') ? dataDir : beside
  return `
  源分 Yuanfen   ${stack.appUrl}

  Sign in through a university; the sandbox then asks whom you want to be, no password needed:
${DEMO_UNIVERSITIES.map(({ slug, name, englishName }) => `    ${name} ${englishName}\n${peopleOf(slug)}`).join('\n')}

  Platforms and sign-in in miniature   ${stack.sandboxUrl}
  Logs                                 ${folder}/logs
  Ctrl-C ends everything and keeps the data; npm run demo -- --fresh starts over.
`
}

function peopleOf(slug: UniversitySlug): string {
  return ROLES.map(([role, plural]) => {
    const people = demoPeople.filter((person) => has(person, slug, role)).slice(0, NAMED)
    return `      ${plural.padEnd(10)} ${people.map((person) => describePerson(person, slug)).join(', ')}`
  }).join('\n')
}

function has(person: DemoPerson, slug: UniversitySlug, role: (typeof ROLES)[number][0]): boolean {
  return person.memberships.some((membership) => membership.university === slug && membership.roles.includes(role))
}

function describePerson({ name, memberships, ...accountsOf }: DemoPerson, slug: UniversitySlug): string {
  const number = memberships.find((membership) => membership.university === slug)?.number ?? ''
  const accounts = PLATFORMS.filter((platform) => accountsOf[platform] !== null).map(platformName)
  return `${name} ${number}${accounts.length > 0 ? ` (has ${accounts.join(', ')})` : ''}`
}
