// The role that runs statements of viewers. It can sign in, read the views, and nothing else. It is made by the process
// that needs it first, and belongs to one database: roles are shared by all databases of a server.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { SCHEMA } from './views.ts'

const LOCK = 7_219_040
/** Over all processes of all rooms. */
const MAX_CONNECTIONS = 16
export const STATEMENT_TIMEOUT_MS = 5_000
export const LOCK_TIMEOUT_MS = 500

/** What applies to every connection of the role, whatever a transaction sets besides. */
const SETTINGS: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'on',
  statement_timeout: `${STATEMENT_TIMEOUT_MS}ms`,
  lock_timeout: `${LOCK_TIMEOUT_MS}ms`,
  idle_in_transaction_session_timeout: '10s',
  search_path: 'pg_catalog',
  work_mem: '4MB',
  hash_mem_multiplier: '2',
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  timezone: 'UTC',
}
/** What only a superuser may set for a role. */
const SETTINGS_OF_SUPERUSERS: Readonly<Record<string, string>> = { temp_file_limit: '64MB' }

/** The role cannot be made with the rights of the database's user. The message says what to grant. */
export class MissingRights extends Error {}

interface Us {
  user: string
  database: string
  role: string
  exists: boolean
  isSuper: boolean
  mayCreate: boolean
}

const US = `
  select current_user::text as user, current_database()::text as database, 'overlord_sql_' || d.oid as role,
    exists (select from pg_roles where rolname = 'overlord_sql_' || d.oid) as exists, r.rolsuper as "isSuper",
    r.rolsuper or r.rolcreaterole as "mayCreate"
  from pg_database d, pg_roles r where d.datname = current_database() and r.rolname = current_user`

/**
 * Makes the role, or brings it up to date.
 * @param url the address by which `pool` is connected
 * @param key a secret of all rooms; the password is derived from it and stored nowhere
 * @returns the address by which the role connects
 * @throws MissingRights
 */
export async function ensureRole(pool: Pool, url: string, key: string): Promise<string> {
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK])
    const us = (await client.query<Us>(US)).rows[0]!
    if (!us.mayCreate)
      throw new MissingRights(
        `SQL needs a role of its own, and the database user ${us.user} may not make it. Grant that, and try again: ` +
          `ALTER ROLE ${client.escapeIdentifier(us.user)} CREATEROLE`,
      )
    const password = createHmac('sha256', key).update(`the password of ${us.role}`).digest('base64url')
    await makeRole(client, us, password)
    const address = new URL(url)
    address.username = us.role
    address.password = password
    return address.href
  })
}

async function makeRole(client: Client, { role, exists, isSuper }: Us, password: string): Promise<void> {
  const name = client.escapeIdentifier(role)
  // The verifier, so that no log of statements shows a password.
  const secret = `connection limit ${MAX_CONNECTIONS} password ${client.escapeLiteral(scramVerifier(password))}`
  await client.query(`${exists ? 'alter' : 'create'} role ${name} ${exists ? '' : 'login noinherit '}${secret}`)
  const settings = { ...SETTINGS, ...(isSuper ? SETTINGS_OF_SUPERUSERS : {}) }
  for (const [setting, value] of Object.entries(settings))
    await client.query(`alter role ${name} set ${setting} = ${client.escapeLiteral(value)}`)
  await client.query(`grant usage on schema ${SCHEMA} to ${name}`)
  await client.query(`grant select on all tables in schema ${SCHEMA} to ${name}`)
}

const ITERATIONS = 4096

/** What Postgres stores of a password, as RFC 5803 has it. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256')
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest()
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`
}
