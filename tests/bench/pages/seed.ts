import pg from 'pg'
import { seedCatalog } from '@/prisma/seed/catalog'
import { seedCatalogImports } from './seed-catalog-imports'
import { seedClaims } from './seed-claims'
import { seedContributions } from './seed-contributions'
import { seedEvidence } from './seed-evidence'
import { seedHistory } from './seed-history'
import { seedLedger } from './seed-ledger'
import { seedNominations } from './seed-nominations'
import { seedAccounts, seedMembers, seedUniversities } from './seed-people'
import type { BenchWorld, WorldSize } from './world'

/** Four claims a student, as over several terms; twenty contributions a student at the full size. */
const CLAIMS_A_STUDENT = 4
const STAFF = 24

/** Two universities of the asked size, the same each time. @param superuserUrl of a database with migrations and no rows */
export async function seedWorld(superuserUrl: string, size: WorldSize): Promise<BenchWorld> {
  const client = new pg.Client({ connectionString: superuserUrl })
  await client.connect()
  const now = new Date()
  try {
    await client.query('begin')
    await seedCatalog(client)
    const universities = await seedUniversities(client, now)
    const students = Math.max(60, Math.round(size.claims / CLAIMS_A_STUDENT))
    const members = await seedMembers(client, { universities, students, staff: STAFF })
    const accounts = await seedAccounts(client, members, now)
    const contributions = await seedContributions(client, { accounts, count: size.contributions, now })
    const staff = members.filter(({ role }) => role !== 'student')
    const claims = await seedClaims(client, {
      ...{ contributions, staff, count: size.claims, now },
      students: members.filter(({ role }) => role === 'student'),
    })
    const evidence = await seedEvidence(client, claims)
    const awards = await seedLedger(client, { universities, claims, staff, evidence })
    await seedHistory(client, { members, claims, now })
    await seedNominations(client, { members, now })
    await seedCatalogImports(client, { members, now })
    await client.query('commit')
    await client.query('vacuum analyze')
    return { universities, members, claims, awards }
  } finally {
    await client.end()
  }
}
