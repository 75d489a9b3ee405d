import pg from 'pg'
import type { Client, Pool } from './pool.ts'

/**
 * Ends what a pool's connections do, at the server too, once the signal is aborted: what they were asked fails. So does
 * what the pool is asked afterwards.
 * @param url of the pool's database
 */
export function terminateOnAbort(pool: Pool, url: string, signal: AbortSignal): void {
  const open = new Set<Client>()
  const end = (clients: Iterable<Client>) => {
    const ids = [...clients].map((client) => (client as unknown as { processID: number }).processID)
    // A database that is away has no connections of ours.
    terminate(url, ids).catch(() => undefined)
  }
  pool.on('connect', (client) => {
    open.add(client)
    if (signal.aborted) end([client])
  })
  pool.on('remove', (client) => void open.delete(client))
  signal.addEventListener('abort', () => end(open), { once: true })
}

async function terminate(url: string, ids: readonly number[]): Promise<void> {
  if (!ids.length) return
  const client = new pg.Client({ connectionString: url, application_name: 'overlord look' })
  client.on('error', () => undefined) // its server may be stopping
  try {
    await client.connect()
    await client.query('select pg_terminate_backend(id) from unnest($1::int[]) id', [ids])
  } finally {
    await client.end().catch(() => undefined)
  }
}
