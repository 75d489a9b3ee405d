import type { People } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'

/** A token that runs out by itself ends so much later at most; one that is revoked is forgotten when that is told. */
const REMEMBER_MS = 1_000
const MOST = 10_000

interface Known {
  viewer: Promise<Viewer | null>
  until: number
}

/** The same people, with tokens that are not asked for again at every request: programs send many. */
export async function remembering(people: People): Promise<People & Disposable> {
  const known = new Map<string, Known>()
  let changes = 0
  const stop = await people.onChange(() => {
    changes++
    known.clear()
  })

  function remember(name: string, ask: () => Promise<Viewer | null>): Promise<Viewer | null> {
    const now = performance.now()
    const found = known.get(name)
    if (found && now < found.until) return found.viewer
    const asOf = changes
    const viewer = ask()
    known.delete(name)
    known.set(name, { viewer, until: now + REMEMBER_MS })
    if (known.size > MOST) known.delete(known.keys().next().value!)
    const drop = () => {
      if (known.get(name)?.viewer === viewer) known.delete(name)
    }
    // Nobody, and what was found out while something changed, is asked for again.
    viewer.then((found) => (found && asOf === changes ? undefined : drop()), drop)
    return viewer
  }

  return {
    ...people,
    viewerOfToken: (secret) => remember(secret, () => people.viewerOfToken(secret)),
    [Symbol.dispose]: stop,
  }
}
