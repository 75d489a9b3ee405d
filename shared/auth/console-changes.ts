// Changes by commands on the server's console are published through the database: with all rooms in one process there
// is no broker that a command could reach.
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { PEOPLE_TOPIC, type PeopleEvent } from '../contract/people.ts'
import type { Pool } from '../db/pool.ts'
import type { Log } from '../log.ts'

const AGAIN_MS = 1_000

/** Publishes a change to every process that identifies viewers, after its transaction has been committed. */
export const publishFromConsole = async (pool: Pool, event: PeopleEvent): Promise<void> =>
  void (await pool.query('select pg_notify($1, $2)', [PEOPLE_TOPIC, JSON.stringify(event)]))

/** Listens to them over a separate connection, which is reopened when it is lost. */
export function listenToConsole(
  databaseUrl: string,
  onChange: (event: PeopleEvent) => void,
  log: Log,
): AsyncDisposable {
  let client: pg.Client | null = null
  const over = new AbortController()

  async function listen(): Promise<void> {
    while (!over.signal.aborted) {
      const fresh = new pg.Client({ connectionString: databaseUrl, application_name: 'overlord people changed' })
      const ended = new Promise<void>((resolve) => fresh.once('end', resolve).on('error', () => resolve()))
      fresh.on('notification', ({ payload }) => {
        try {
          onChange(JSON.parse(payload ?? '') as PeopleEvent)
        } catch (error) {
          log.warn({ error }, 'a change of people that could not be read')
        }
      })
      client = fresh
      try {
        await fresh.connect()
        await fresh.query(`listen "${PEOPLE_TOPIC}"`)
        if (!over.signal.aborted) await ended
      } catch {
        // The database is away: its pools say so.
      }
      await fresh.end().catch(() => undefined)
      await wait(AGAIN_MS, undefined, { signal: over.signal }).catch(() => undefined)
    }
  }
  const listening = listen()
  return {
    async [Symbol.asyncDispose]() {
      over.abort()
      await client?.end().catch(() => undefined)
      await listening
    },
  }
}
