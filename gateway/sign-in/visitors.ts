// Viewers connected now, by WebSocket or by a streamed answer, and their limits.
import type { People, PeopleChange } from '../../shared/auth/people.ts'
import { hasEnded, type Viewer } from '../../shared/auth/viewer.ts'
import { ConnectionLimiter } from '../../shared/serve/connection-limiter.ts'

/** Fallback for changes that were not received. */
const RECHECK_MS = 15_000
/** A session or token that ended by our clock may still be valid by the clock of the database, which decides. */
const CLOCKS_MS = 250
const MAX_TIMEOUT_MS = 2 ** 31 - 1

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

  const recheckAll = (name: string) => {
    for (const visitor of byViewer.get(name) ?? []) void recheckOne(visitor)
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
      if (asOf !== heard) void recheckOne(visitor)
      const unwatch = watchEnd(visitor)
      return () => {
        unwatch()
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

/** Ends the visitor if it lost its access. Resolves to whether it may stay. */
async function recheckOne(visitor: Visitor): Promise<boolean> {
  try {
    const viewer = await visitor.again()
    // Another cookie of the request may name somebody else by now.
    const { kind, id, role } = visitor.viewer
    if (viewer?.role === role && viewer.kind === kind && viewer.id === id) {
      visitor.viewer = viewer
      return true
    }
  } catch {
    // The database is away: asked again next time, unless we know better.
    if (!hasEnded(visitor.viewer)) return true
  }
  visitor.end()
  return false
}

/** Checks the visitor again when its session or token ends. Returns a function to stop that. */
function watchEnd(visitor: Visitor): () => void {
  let timer: NodeJS.Timeout | undefined
  let isOver = false
  const arm = () => {
    const { until } = visitor.viewer
    if (until === undefined || isOver) return
    const left = Math.min(Math.max(until - Date.now(), CLOCKS_MS), MAX_TIMEOUT_MS)
    timer = setTimeout(() => void recheckOne(visitor).then((mayStay) => mayStay && arm()), left).unref()
  }
  arm()
  return () => {
    isOver = true
    clearTimeout(timer)
  }
}
