// Who is connected right now, by WebSocket or by a streamed answer, and how many of them there may be.
import type { People, PeopleChange } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { ConnectionLimiter } from '../../shared/serve/connection-limiter.ts'

/** Backstop: a change that nobody told of, such as a session that ran out. */
const RECHECK_MS = 15_000

/** How many connections stay open. */
export interface VisitorLimits {
  perAddress: number
  perViewer: number
}

/** Somebody with a connection open. */
export interface Visitor {
  viewer: Viewer
  /** Who the visitor is by now; null for nobody. Throws while that cannot be found out. */
  again(): Promise<Viewer | null>
  /** Closes the connection: its viewer may not be here any more. */
  end(): void
}

export interface Visitors extends AsyncDisposable {
  /** Takes one of the address's places, before anybody is known. Gives it back by what it returns; null when all are taken. */
  connect(address: string): (() => void) | null
  /** How many changes were told so far: to be asked before it is found out who a visitor is. */
  changeCount(): number
  /**
   * Keeps a visitor until what it returns is called; null when the viewer has too many connections open.
   * @param asOf what `heard` said before: a change told since then may be about this very viewer
   */
  enter(visitor: Visitor, asOf: number): (() => void) | null
}

const nameOf = ({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`

/** Ends the connections of those whose session, token or role ended, as soon as that is told, and of nobody else. */
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
