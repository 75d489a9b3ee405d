// npm run token -- create NAME --scopes read,command | list | revoke NAME. Works whether Overlord runs or not.
import { parseArgs } from 'node:util'
import { atConsole } from '../db/console.ts'
import { migrate } from '../db/migrate.ts'
import type { Pool } from '../db/pool.ts'
import { CONSOLE, keepEntry } from './audit.ts'
import { publishFromConsole } from './console-changes.ts'
import { createToken, listTokens, revokeToken } from './token.ts'

const USAGE = `Service tokens let programs read the graph.

  npm run token -- create NAME [--scopes read,command,admin,store,trace] [--days N]
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
    const { rows: tokens } = await listTokens(pool)
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
    await publishFromConsole(pool, { tokens: [id] })
    await keepEntry(pool, { by: CONSOLE, action: 'revokeToken', subject: name }, 'OK')
    return `Token ${name} is revoked.`
  }
  throw new Error(USAGE)
}

await atConsole('token', process.env, async (pool) => {
  await migrate(pool)
  console.log(await run(pool))
})
