// The characters of a shared view: as they are now, as they were at its moment, and as they move.
import type { GraphQLSchema } from 'graphql'
import { rowRules } from '../../../shared/access/row-rules.ts'
import { topicsOf, type TelemetryEvent, type VitalsEvent } from '../../../shared/contract/topics.ts'
import { Channel } from '../../../shared/pubsub/channel.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { listCharacters } from '../character/store.ts'
import type { Context } from '../context.ts'
import { liveTelemetry } from '../telemetry/store.ts'
import { liveVitals } from '../vitals/store.ts'
import { membersOf, viewOf, type Members, type SharedView } from './link.ts'

export interface SharedCharacter {
  name: string
  receivedAt: string
  ew: number | null
  ns: number | null
  state: string | null
  killsPerHour: number | null
  healthPercent: number | null
  filters: number[]
}

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000
/** Changes of so long are one list. */
const EVERY_MS = 250
/** How often filters are asked again, and whether the link is still good. */
const REFRESH_MS = 10_000
const MAX_WAITING = 20_000
/** Characters in one list. */
const MOST = 2_000

type Placed = Pick<TelemetryEvent, 'character' | 'receivedAt' | 'ew' | 'ns' | 'state' | 'killsPerHour'>

/** Which characters the view shows, and which of its filters find each. */
class Shown {
  readonly #view: SharedView
  readonly #context: Context
  members: Members = null

  constructor(view: SharedView, context: Context) {
    this.#view = view
    this.#context = context
  }

  includes(name: string): boolean {
    if (!rowRules.place(this.#context.privacy, { character: name })) return false
    return !this.#view.hidesOthers || this.members === null || this.members.has(name)
  }

  row({ character, receivedAt, ew, ns, state, killsPerHour }: Placed, healthPercent: number | null): SharedCharacter {
    const filters = this.members?.get(character) ?? []
    return { name: character, receivedAt, ew, ns, state, killsPerHour, healthPercent, filters }
  }
}

/** The characters of the view now, or at its moment. */
export async function charactersOf(view: SharedView, context: Context, schema: GraphQLSchema) {
  const shown = new Shown(view, context)
  shown.members = await membersOf(view, context, schema)
  const [telemetry, vitals] = view.moment ? await framesAt(view.moment, context) : await framesNow(context)
  const health = new Map(vitals.map((row) => [row.character, row.healthPercent]))
  return telemetry
    .filter(({ character }) => shown.includes(character))
    .slice(0, MOST)
    .map((row) => shown.row(row, health.get(row.character) ?? null))
}

async function framesNow({ pool, latest }: Context): Promise<[TelemetryEvent[], VitalsEvent[]]> {
  const [telemetry, vitals] = await Promise.all([liveTelemetry(pool, null), liveVitals(pool, null)])
  return [
    withNewer(telemetry, latest.telemetry.since(LIVE_MS, null)),
    withNewer(vitals, latest.vitals.since(LIVE_MS, null)),
  ]
}

async function framesAt(at: string, context: Context): Promise<[TelemetryEvent[], VitalsEvent[]]> {
  const page = { first: MOST }
  const { rows } = await listCharacters(context.pool, { live: true }, page, at, context)
  const keys = rows.map(({ name }) => ({ name, at }))
  const [telemetry, vitals] = await Promise.all([
    context.load.telemetry.loadMany(keys),
    context.load.vitals.loadMany(keys),
  ])
  return [found(telemetry), found(vitals)]
}

function found<T>(loaded: readonly (T | Error | null)[]): T[] {
  return loaded.flatMap((row) => {
    if (row instanceof Error) throw row
    return row ?? []
  })
}

function pushLists(channel: Channel<SharedCharacter[]>, rows: readonly SharedCharacter[]): void {
  for (let at = 0; at < rows.length; at += MOST) {
    const list = rows.slice(at, at + MOST)
    channel.push(list, [], list.length)
  }
}

/** Lists of what changed, all that are live first. Ends with the link. */
export function movesOf(view: SharedView, context: Context, schema: GraphQLSchema): Channel<SharedCharacter[]> {
  const shown = new Shown(view, context)
  const placed = new Map<string, Placed>()
  const health = new Map<string, number | null>()
  const changed = new Set<string>()
  const stops: (() => void)[] = []

  function send() {
    const rows = [...changed].flatMap((name) => {
      const row = placed.get(name)
      return row && shown.includes(name) ? shown.row(row, health.get(name) ?? null) : []
    })
    changed.clear()
    pushLists(channel, rows)
  }
  function onTelemetry(event: TelemetryEvent) {
    placed.set(event.character, event)
    changed.add(event.character)
  }
  function onVitals({ character, healthPercent }: VitalsEvent) {
    health.set(character, healthPercent)
    changed.add(character)
  }
  async function refresh() {
    await viewOf(context) // throws once the link has ended
    const before = shown.members
    shown.members = await membersOf(view, context, schema)
    const gone = [...(before?.keys() ?? [])].filter((name) => placed.has(name) && !shown.includes(name))
    const rows = gone.map((name) => ({ ...shown.row(placed.get(name)!, null), ew: null, ns: null }))
    pushLists(channel, rows)
    for (const name of shown.members?.keys() ?? []) if (!before?.has(name)) changed.add(name)
  }
  function repeat(everyMs: number, run: () => void) {
    const timer = setInterval(run, everyMs)
    stops.push(() => clearInterval(timer))
  }

  async function begin() {
    for (const [kind, take] of [
      ['telemetry', onTelemetry],
      ['vitals', onVitals],
    ] as const)
      for (const topic of topicsOf(kind, null)) {
        const stop = await context.pubsub.subscribe(topic, (event) => take(event as never))
        if (channel.ended) return stop()
        stops.push(stop)
      }
    shown.members = await membersOf(view, context, schema)
    const [telemetry, vitals] = await framesNow(context)
    if (channel.ended) return
    for (const row of vitals) if (!health.has(row.character)) onVitals(row)
    for (const row of telemetry) if (!placed.has(row.character)) onTelemetry(row)
    send()
    repeat(EVERY_MS, send)
    repeat(REFRESH_MS, () => void refresh().catch((error: unknown) => channel.end({ error })))
  }

  const channel = new Channel<SharedCharacter[]>(MAX_WAITING, begin, () => {
    for (const stop of stops.splice(0)) stop()
  })
  return channel
}
