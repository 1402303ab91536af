import pg from 'pg'
import { z } from 'zod'
import { readStack } from '@/tests/setup/e2e-places'

/** The stack's database as its owner, whom row-level security does not bind: for looking, and for sessions of tests. */
export function ownerUrl(): string {
  return z.string().parse(readStack().env.DATABASE_OWNER_URL)
}

/** One question to the stack's database. */
export async function askDatabase(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: ownerUrl() })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql, [...values])).rows
  } finally {
    await client.end()
  }
}
