import { setTimeout as wait } from 'node:timers/promises'
import { isMigrated } from '../db/migrate.ts'
import { openPool } from '../db/pool.ts'
import type { Log } from '../log.ts'
import type { PubSub } from '../pubsub/pubsub.ts'
import type { PeopleEvent } from '../contract/people.ts'
import { ensureOwnToken, type OwnProgram } from './own-token.ts'
import { listenToConsole } from './console-changes.ts'
import { ensureAdmin, type FirstAdmin } from './first-admin.ts'
import { people, type People, type SessionSpan } from './people.ts'
import { remembering } from './remembered.ts'

const PATIENCE_MS = 60_000

export interface OpenPeople {
  people: People
  /** See ensureAdmin. */
  firstAdmin(admin: FirstAdmin, reusable?: boolean): Promise<string | null>
  /** Makes the token of one of our own programs known; see ensureOwnToken. */
  ownToken(program: OwnProgram, secret: string): Promise<void>
  close(): Promise<void>
}

/** The people tables over a narrow pool of their own. Waits for the schema, which ingest brings. */
export async function openPeople(
  databaseUrl: string,
  key: string,
  { log, pubsub, span, viewLinks }: { log: Log; pubsub: PubSub; span: SessionSpan; viewLinks: boolean },
): Promise<OpenPeople> {
  const pool = openPool(databaseUrl, {
    name: 'people',
    max: 4,
    onError: (error) => log.warn({ error }, 'lost a database connection'),
  })
  const until = Date.now() + PATIENCE_MS
  while (!(await isMigrated(pool).catch(() => false))) {
    if (Date.now() > until) throw new Error('The database has no schema of ours yet. Start ingest first: it brings it.')
    await wait(250)
  }
  const listeners = new Set<(event: PeopleEvent) => void>()
  const listening = listenToConsole(databaseUrl, (event) => listeners.forEach((listener) => listener(event)), log)
  const known = people(pool, key, pubsub, span, viewLinks)
  const remembered = await remembering({
    ...known,
    async onChange(listener) {
      const stop = await known.onChange(listener)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        stop()
      }
    },
  })
  return {
    people: remembered,
    firstAdmin: (admin, reusable) => ensureAdmin(pool, admin, reusable),
    ownToken: (program, secret) => ensureOwnToken(pool, program, secret),
    async close() {
      remembered[Symbol.dispose]()
      await listening[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}
