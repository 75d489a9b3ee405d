// npm run token -- create NAME --scopes read,command | list | revoke NAME. Works whether Overlord runs or not.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readConfig, settings } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { openPool, type Pool } from '../db/pool.ts'
import { CONSOLE, keepEntry } from './audit.ts'
import { tellFromConsole } from './console-changes.ts'
import { createToken, listTokens, revokeToken } from './token.ts'

const USAGE = `Service tokens let programs read the graph.

  npm run token -- create NAME [--scopes read,command,admin] [--days N]
  npm run token -- list
  npm run token -- revoke NAME
`

async function run(pool: Pool): Promise<string> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { scopes: { type: 'string', multiple: true, default: ['read'] }, days: { type: 'string' } },
  })
  const [verb, name] = positionals
  if (verb === 'create' && name) {
    const days = values.days === undefined ? null : Number(values.days)
    if (days !== null && !(days > 0 && days < 36_500)) throw new Error('--days is how many days the token lives.')
    const scopes = values.scopes.flatMap((text) => text.split(',')).map((scope) => scope.trim())
    const { secret } = await createToken(
      pool,
      name,
      scopes,
      days === null ? null : new Date(Date.now() + days * 86_400_000),
    )
    await keepEntry(pool, { by: CONSOLE, action: 'createToken', subject: name, details: { scopes } }, 'OK')
    console.error(`Token ${name} (${scopes.join(', ')}); it is shown this once:`)
    return secret
  }
  if (verb === 'list') {
    const tokens = await listTokens(pool)
    return (
      tokens
        .map((token) =>
          [
            token.name,
            token.scopes.join(','),
            `made ${token.created_at}`,
            token.expires_at ? `ends ${token.expires_at}` : 'never ends',
          ].join('  '),
        )
        .join('\n') || 'There are no tokens.'
    )
  }
  if (verb === 'revoke' && name) {
    const id = await revokeToken(pool, name)
    if (id === null) return `There is no token ${name}.`
    await tellFromConsole(pool, { tokens: [id] })
    await keepEntry(pool, { by: CONSOLE, action: 'revokeToken', subject: name }, 'OK')
    return `Token ${name} is revoked.`
  }
  throw new Error(USAGE)
}

async function main(): Promise<void> {
  const { DATABASE_URL, DATA_DIR } = readConfig(
    z.object({ DATABASE_URL: settings.DATABASE_URL, DATA_DIR: settings.DATA_DIR }),
    process.env,
  )
  const database = await openDatabase({ url: DATABASE_URL, dataDir: DATA_DIR })
  const pool = openPool(database.url, { name: 'token', max: 1 })
  try {
    await migrate(pool)
    console.log(await run(pool))
  } finally {
    await pool.end()
    await database[Symbol.asyncDispose]()
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
