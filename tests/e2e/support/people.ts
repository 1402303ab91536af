import { ownerUrl } from '@/tests/e2e/support/stack-database'
import { readStack } from '@/tests/setup/e2e-places'
import { type SignedIn, signInAs } from '@/tests/setup/sign-in'

type Person = { universitySlug: 'yunlu' | 'haicheng'; number: string; github: string }

const at = (universitySlug: Person['universitySlug'], number: string, github = ''): Person => ({
  universitySlug,
  number,
  github,
})

/** The people of doors and pages; the whole job has others, so that the two do not meet. */
export const PEOPLE = {
  /** A student of computer science. */
  student: at('yunlu', '0230417015', 'mingxuan-z'),
  /** A student of the same college, and one with nothing yet. */
  neighbour: at('yunlu', '0230417033', 'anran-x'),
  newcomer: at('yunlu', '0240417020'),
  /** A student of another college, with credit. */
  credited: at('yunlu', '0230521003', 'yihan-sun-ai'),
  /** Reviews computer science; the other one artificial intelligence. */
  professor: at('yunlu', '00010023'),
  otherProfessor: at('yunlu', '00010057'),
  admin: at('yunlu', '00090002'),
  /** Admin and reviewer of computer science. */
  secondAdmin: at('yunlu', '00090005'),
  foreignStudent: at('haicheng', '0023110102'),
  foreignProfessor: at('haicheng', 'T2010031'),
  foreignAdmin: at('haicheng', 'A2000003'),
} as const satisfies Record<string, Person>

export type PersonName = keyof typeof PEOPLE

export function signIn(name: PersonName): Promise<SignedIn> {
  const { universitySlug, number } = PEOPLE[name]
  return signInAs(ownerUrl(), { universitySlug, number, appUrl: readStack().appUrl })
}
