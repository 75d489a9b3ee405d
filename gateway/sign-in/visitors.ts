// Viewers connected now, by WebSocket or by a streamed answer, and their limits.
import type { People, PeopleChange } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { ConnectionLimiter } from '../../shared/serve/connection-limiter.ts'

/** Fallback for changes that are not published, such as an expired session. */
const RECHECK_MS = 15_000

/** Limits of open connections. */
export interface VisitorLimits {
  perAddress: number
  perViewer: number
}

/** A viewer with an open connection. */
export interface Visitor {
  viewer: Viewer
  /** Identifies the visitor again; null if it is no viewer any more. Throws while that cannot be checked. */
  again(): Promise<Viewer | null>
  /** Closes the connection, since its viewer lost access. */
  end(): void
}

export interface Visitors extends AsyncDisposable {
  /**
   * Counts a connection of the address, before its viewer is known. Returns a function to release it; null at the
   * limit.
   */
  connect(address: string): (() => void) | null
  /** Number of changes received so far: to be read before a visitor is identified. */
  changeCount(): number
  /**
   * Keeps a visitor until the returned function is called; null if the viewer has too many open connections.
   * @param asOf `changeCount` from before: a change received since then may concern this viewer
   */
  enter(visitor: Visitor, asOf: number): (() => void) | null
}

const nameOf = ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`

/** Ends the connections of viewers who lost session, token or role, as soon as that is published, and no others. */
export async function openVisitors(people: People, limits: VisitorLimits): Promise<Visitors> {
  const byViewer = new Map<string, Set<Visitor>>()
  const limiter = new ConnectionLimiter(limits.perAddress)
  let heard = 0

  function recheckOne(visitor: Visitor): void {
    visitor.again().then(
      (viewer) => {
        if (!viewer || viewer.role !== visitor.viewer.role) visitor.end()
        else visitor.viewer = viewer
      },
      () => undefined, // the database is away: asked again next time
    )
  }
  const recheckAll = (name: string) => {
    for (const visitor of byViewer.get(name) ?? []) recheckOne(visitor)
  }

  const stop = await people.onChange(({ users = [], tokens = [] }: PeopleChange) => {
    heard++
    for (const id of users) recheckAll(nameOf({ kind: 'user', id }))
    for (const id of tokens) recheckAll(nameOf({ kind: 'token', id }))
  })
  const recheck = setInterval(() => {
    for (const name of byViewer.keys()) recheckAll(name)
  }, RECHECK_MS).unref()

  return {
    connect: (address) => limiter.take(address),
    changeCount: () => heard,
    enter(visitor, asOf) {
      const name = nameOf(visitor.viewer)
      const own = byViewer.get(name) ?? new Set<Visitor>()
      if (own.size >= limits.perViewer) return null
      byViewer.set(name, own.add(visitor))
      if (asOf !== heard) recheckOne(visitor)
      return () => {
        own.delete(visitor)
        if (!own.size && byViewer.get(name) === own) byViewer.delete(name)
      }
    },
    [Symbol.asyncDispose]() {
      clearInterval(recheck)
      stop()
      return Promise.resolve()
    },
  }
}
