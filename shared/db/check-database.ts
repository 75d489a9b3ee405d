import pg from 'pg'
import { NewerSchemaError, refuseNewer } from './migrate.ts'
import { isAway } from './pool.ts'

const LOOK_MS = 3_000
const OLDEST_VERSION = 150_000
/** What Postgres says of a connection that it refuses, and what to do about it. */
const REFUSALS = new Map([
  ['28P01', 'The database refuses the password of DATABASE_URL. Correct it.'],
  ['28000', 'The database does not let the user of DATABASE_URL in. Correct it, or pg_hba.conf.'],
  ['3D000', 'The database that DATABASE_URL names does not exist. Make it with createdb, or correct the name.'],
])

const AWAY = 'The database of DATABASE_URL does not answer. Start it, or correct its address.'

interface State {
  version: string
  number: number
  encoding: string
  schema: string | null
  may_create: boolean | null
  role: string
}

/**
 * What is wrong with a database, as one sentence with the way out; null for nothing. One that is away is waited for
 * later, so it is no fault.
 * @param migrates whether this process brings the schema up to date, which needs rights
 * @param mustAnswer one that is away is a fault too
 */
export async function checkDatabase(
  url: string,
  { migrates, mustAnswer = false }: { migrates: boolean; mustAnswer?: boolean },
): Promise<string | null> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'overlord look',
    connectionTimeoutMillis: LOOK_MS,
    statement_timeout: LOOK_MS,
  })
  client.on('error', () => undefined) // a connection that is lost meanwhile is one that is away
  try {
    await client.connect()
    const { rows } = await client.query<State>(
      `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
         current_setting('server_encoding') as encoding, current_schema() as schema, current_user as role,
         has_schema_privilege(current_schema(), 'create') as may_create`,
    )
    return (migrates ? stateFault(rows[0]!) : null) ?? (await newerFault(client))
  } catch (error) {
    const refusal = REFUSALS.get((error as { code?: string }).code ?? '')
    if (refusal) return refusal
    if (isAway(error)) return mustAnswer ? AWAY : null
    return `The database of DATABASE_URL cannot be used: ${(error as Error).message}`
  } finally {
    await client.end().catch(() => undefined)
  }
}

function stateFault({ version, number, encoding, schema, may_create, role }: State): string | null {
  if (number < OLDEST_VERSION)
    return `DATABASE_URL is a Postgres ${version}; Overlord needs 15 or newer. Upgrade it, or use another.`
  if (encoding !== 'UTF8')
    return (
      `The database of DATABASE_URL has the encoding ${encoding}. Make one with: ` +
      'createdb --encoding=UTF8 --template=template0 NAME'
    )
  if (schema === null)
    return (
      `The user ${role} of DATABASE_URL has no schema to work in. As an administrator: ` +
      `create schema authorization ${role}`
    )
  if (!may_create)
    return (
      `The user ${role} of DATABASE_URL may not make tables in the schema ${schema}. As an administrator: ` +
      `grant create, usage on schema ${schema} to ${role}`
    )
  return null
}

async function newerFault(client: pg.Client): Promise<string | null> {
  try {
    await refuseNewer(client)
    return null
  } catch (error) {
    if (error instanceof NewerSchemaError) return error.message
    throw error
  }
}
