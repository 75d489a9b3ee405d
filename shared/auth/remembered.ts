import type { People } from './people.ts'
import { hasEnded, type Viewer } from './viewer.ts'
import { isAway } from '../db/pool.ts'
import { isAct } from './act.ts'

/**
 * Cache time of a token. An expired token ends this much later at most; a revoked one is dropped when that is
 * published.
 */
const REMEMBER_MS = 1_000
/**
 * How long a viewer stays identified while the database is unavailable: operators need the metrics during an outage. No
 * rights can be revoked in the database meanwhile, and changes that other processes publish are received.
 */
const AWAY_MS = 15 * 60_000
const MAX_CREDENTIALS = 10_000

interface Known {
  viewer: Promise<Viewer | null>
  until: number
}

/**
 * The same people, with cached tokens (programs send many requests) and the last known viewers during a database
 * outage.
 */
export async function remembering(people: People): Promise<People & Disposable> {
  const known = new Map<string, Known>()
  const last = new Map<string, { viewer: Viewer; until: number }>()
  let changes = 0
  const stop = await people.onChange(() => {
    changes++
    known.clear()
    last.clear()
  })

  /** Looks the viewer up, or returns the last known one while the database is unavailable. */
  async function orLast(name: string, ask: () => Promise<Viewer | null>): Promise<Viewer | null> {
    const asOf = changes
    try {
      const viewer = await ask()
      last.delete(name)
      if (viewer && asOf === changes) last.set(name, { viewer, until: performance.now() + AWAY_MS })
      if (last.size > MAX_CREDENTIALS) last.delete(last.keys().next().value!)
      return viewer
    } catch (error) {
      const found = last.get(name)
      if (found && isAway(error) && performance.now() < found.until && !hasEnded(found.viewer)) return found.viewer
      throw error
    }
  }

  function remember(name: string, ask: () => Promise<Viewer | null>): Promise<Viewer | null> {
    const now = performance.now()
    const found = known.get(name)
    if (found && now < found.until) return found.viewer
    const asOf = changes
    const viewer = ask()
    known.delete(name)
    const entry = { viewer, until: now + REMEMBER_MS }
    known.set(name, entry)
    if (known.size > MAX_CREDENTIALS) known.delete(known.keys().next().value!)
    const drop = () => {
      if (known.get(name)?.viewer === viewer) known.delete(name)
    }
    // Nobody, and what was found out while something changed, is asked for again.
    viewer.then((found) => {
      if (!found || asOf !== changes) drop()
      else if (found.until !== undefined) entry.until = Math.min(entry.until, now + found.until - Date.now())
    }, drop)
    return viewer
  }

  return {
    ...people,
    // What acts for somebody ends with its turn, which nobody publishes: it is asked for each time.
    viewerOfToken: (secret) =>
      isAct(secret)
        ? people.viewerOfToken(secret)
        : remember(secret, () => orLast(secret, () => people.viewerOfToken(secret))),
    viewerOfSession: (session, mayBeOld) =>
      orLast(`${mayBeOld ? 'open ' : ''}session ${session}`, () => people.viewerOfSession(session, mayBeOld)),
    [Symbol.dispose]: stop,
  }
}
