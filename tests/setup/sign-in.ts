import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import pg from 'pg'
import { z } from 'zod'
import { hashSessionToken, newSessionToken, SESSION_SECONDS } from '@/lib/auth/session-cookie'
import { type MemberActor, ROLES } from '@/lib/domain/actor'

export type SignedIn = {
  actor: MemberActor
  name: string
  token: string
  /** For a `Cookie` header of an app at http://localhost. */
  cookie: string
  /** For `context.addCookies` of a browser. */
  browserCookie: { name: string; value: string; url: string; httpOnly: true; sameSite: 'Lax' }
}

const SESSION_COOKIE = 'yuanfen-session'
const memberRow = z.object({
  member_id: z.string(),
  university_id: z.string(),
  person_id: z.string().nullable(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  departments: z.array(z.string()),
})

/**
 * A session of a member as the sign-in would have started it: a row in the database and its cookie. For tests and
 * benchmarks that are not about signing in.
 * @param databaseUrl of a role that row-level security does not bind: the owner or the superuser
 */
export async function signInAs(
  databaseUrl: string,
  who: { universitySlug: string; number: string; appUrl?: string },
): Promise<SignedIn> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const member = await findMember(client, who)
    const personId = member.person_id ?? (await addPerson(client, member))
    const token = newSessionToken()
    await client.query(
      `insert into session (id, token_hash, person_id, university_id, member_id, created_at, expires_at)
       values ($1, $2, $3, $4, $5, now(), now() + make_interval(secs => $6))`,
      [randomUUID(), hashSessionToken(token), personId, member.university_id, member.member_id, SESSION_SECONDS],
    )
    return {
      actor: {
        kind: 'member',
        personId,
        memberId: member.member_id,
        universityId: member.university_id,
        roles: member.roles,
        reviewDepartmentIds: member.departments,
      },
      name: member.name,
      token,
      cookie: `${SESSION_COOKIE}=${token}`,
      browserCookie: {
        name: SESSION_COOKIE,
        value: token,
        url: who.appUrl ?? 'http://localhost',
        httpOnly: true,
        sameSite: 'Lax',
      },
    }
  } finally {
    await client.end()
  }
}

async function findMember(client: pg.Client, who: { universitySlug: string; number: string }) {
  const { rows } = await client.query(
    `select m.id as member_id, m.university_id, m.person_id, m.name,
       array(select role from member_role r where r.university_id = m.university_id and r.member_id = m.id) as roles,
       array(select department_id from review_assignment a where a.university_id = m.university_id and a.member_id = m.id)
         as departments
     from member m join university u on u.id = m.university_id where u.slug = $1 and m.number = $2`,
    [who.universitySlug, who.number],
  )
  if (rows.length === 0) throw new Error(`nobody has the number ${who.number} at ${who.universitySlug}`)
  return memberRow.parse(rows[0])
}

async function addPerson(client: pg.Client, member: z.infer<typeof memberRow>): Promise<string> {
  const personId = randomUUID()
  await client.query('insert into person (id) values ($1)', [personId])
  await client.query('update member set person_id = $1 where university_id = $2 and id = $3', [
    personId,
    member.university_id,
    member.member_id,
  ])
  return personId
}

/**
 * Signs in as a person would: chooses the university on our page, and who to be on the sandbox's.
 * @param who.university its name as the page shows it; `person`: a part of the person's name, or the number
 */
export async function signInByBrowser(
  page: Page,
  who: { appUrl: string; university: string; person: string; returnPath?: string },
): Promise<void> {
  const query = who.returnPath === undefined ? '' : `?return=${encodeURIComponent(who.returnPath)}`
  await page.goto(`${who.appUrl}/sign-in${query}`)
  await page.getByRole('button', { name: who.university }).click()
  const person = page.locator('button[name="person"]', { hasText: who.person }).first()
  await page.waitForURL((url) => url.pathname.includes('/interaction/'))
  if ((await person.count()) === 0) {
    await page.locator('input[name="q"]').fill(who.person)
    await page.locator('form[role="search"] button').click()
  }
  await person.click()
  await page.waitForURL((url) => url.origin === new URL(who.appUrl).origin)
}
