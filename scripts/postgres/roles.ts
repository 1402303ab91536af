import pg from 'pg'

/** Owns the schema and runs the queue; the one that migrates. */
export const OWNER_ROLE = 'yuanfen_owner'
/** What the web app signs in as: owns nothing, so row-level security always binds it. */
export const APP_ROLE = 'yuanfen_app'

export interface RolePasswords {
  readonly ownerPassword: string
  readonly appPassword: string
}

/** Makes both roles, or sets their passwords when they are there. Safe to repeat. */
export async function ensureRoles(superuserUrl: string, passwords: RolePasswords): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    await ensureRole(client, OWNER_ROLE, passwords.ownerPassword)
    await ensureRole(client, APP_ROLE, passwords.appPassword)
  })
}

/** Makes a database that belongs to the owner and that nobody but the two roles may enter. Safe to repeat. */
export async function ensureDatabase(superuserUrl: string, name: string, template = 'template1'): Promise<void> {
  await withClient(superuserUrl, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) {
      await client.query(
        `create database ${quote(name)} owner ${OWNER_ROLE} template ${quote(template)} strategy file_copy`,
      )
    }
    await client.query(`revoke all on database ${quote(name)} from public`)
    await client.query(`grant connect, temporary on database ${quote(name)} to ${OWNER_ROLE}, ${APP_ROLE}`)
  })
}

/** Drops a database, ending whoever is still in it. */
export async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  await withClient(superuserUrl, (client) => client.query(`drop database if exists ${quote(name)} with (force)`))
}

async function ensureRole(client: pg.Client, role: string, password: string) {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role])
  if (found.rowCount === 0) await client.query(`create role ${role}`)
  await client.query(
    `alter role ${role} login nosuperuser nocreatedb nocreaterole nobypassrls password ${client.escapeLiteral(password)}`,
  )
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
