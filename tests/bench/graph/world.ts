// A graph of three subgraphs that hold all they know in memory, so that what is measured is the way to them and nothing
// else.
import { buildSubgraphSchema } from '@apollo/subgraph'
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'
import type { VersionedStream, StreamPhase } from '../../../shared/pubsub/row-versions.ts'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'

const COUNT = 60
const TEXT = 'x'.repeat(150)
export const names = Array.from({ length: COUNT }, (_, n) => `Runner ${n}`)
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])'

/** An event, and how the raw broadcast writes it: about 400 bytes. */
export const tick = (n: number) => ({
  character: { name: names[n % COUNT]! },
  at: String(performance.timeOrigin + performance.now()),
  n,
  ew: -44.31 + n / 1e6,
  ns: 65.98,
  z: 0.31,
  kills: n,
  state: 'combat',
  text: TEXT,
})
export type Tick = ReturnType<typeof tick>

const place = { ew: -44.31, ns: 65.98, z: 0.31, kills: 4211, killsPerHour: 812.4, state: 'combat' }
const characterOf = (name: string) => ({
  name,
  live: true,
  telemetry: { ...place, receivedAt: '2026-06-20T12:00:00.000Z' },
})
const inventory = { itemCount: 208, burden: 41_200, value: 1_200_000 }
const combat = { sessionId: 'session 1', totalKills: 812 }

/** Declares, as our own subgraphs do, that viewers of equal rights share one execution (shared/access). */
const SHARED = `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@composeDirective"])
      @link(url: "https://specs.overlord.invalid/access/v1.0", import: ["@shared"])
      @composeDirective(name: "@shared")
    directive @shared on FIELD_DEFINITION`

const sdl = {
  telemetry: `${SHARED}
    type Query { character(name: String!): Character  characters(first: Int!): [Character!]! }
    type Subscription { ticks: Tick! @shared }
    type Tick { character: Character! at: String! n: Int! ew: Float! ns: Float! z: Float! kills: Int! state: String!
    text: String! }
    type Character @key(fields: "name") { name: String! live: Boolean telemetry: Place }
    type Place { ew: Float! ns: Float! z: Float kills: Int killsPerHour: Float state: String receivedAt: String! }`,
  inventory: `${LINK}
    type Query { inventories: Int }
    type Character @key(fields: "name") { name: String! inventory: Inventory }
    type Inventory { itemCount: Int! burden: Int! value: Int! }`,
  combat: `${LINK}
    type Query { fights: Int }
    type Character @key(fields: "name") { name: String! combat: Combat }
    type Combat { sessionId: String! totalKills: Int! }`,
}

export const subgraphNames = Object.keys(sdl)

/** The same in one schema of plain graphql-js. */
export const plainSdl = `
  type Query { character(name: String!): Character  characters(first: Int!): [Character!]! }
  type Character { name: String! live: Boolean telemetry: Place inventory: Inventory combat: Combat }
  type Place { ew: Float! ns: Float! z: Float kills: Int killsPerHour: Float state: String receivedAt: String! }
  type Inventory { itemCount: Int! burden: Int! value: Int! }
  type Combat { sessionId: String! totalKills: Int! }`
const whole = names.map((name) => ({ ...characterOf(name), inventory, combat }))
export const plainRoot = {
  character: ({ name }: { name: string }) => whole.find((one) => one.name === name) ?? null,
  characters: ({ first }: { first: number }) => whole.slice(0, first),
}

const MAX_WAITING = 1_000

/** A reader of the events; one that is behind loses the oldest. */
class Ticks implements VersionedStream<{ ticks: Tick }> {
  readonly versions = null
  readonly #waiting: Tick[] = []
  #wake: (() => void) | null = null
  #isOver: boolean
  readonly #leave: () => void
  readonly #given: () => void

  /** @param isOver there is nothing that is now: every event is news */
  constructor(listeners: Set<Ticks>, isOver: boolean, given: () => void) {
    this.#isOver = isOver
    this.#given = given
    listeners.add(this)
    this.#leave = () => listeners.delete(this)
  }
  hear(event: Tick): void {
    if (this.#waiting.length >= MAX_WAITING) this.#waiting.shift()
    this.#waiting.push(event)
    this.#wake?.()
  }
  listen = () => Promise.resolve()
  async next(): Promise<IteratorResult<{ ticks: Tick }>> {
    while (!this.#waiting.length && !this.#isOver) await new Promise<void>((resolve) => (this.#wake = resolve))
    const value = this.#waiting.shift()
    if (value) this.#given()
    return value ? { value: { ticks: value }, done: false } : { value: undefined, done: true }
  }
  return() {
    this.#isOver = true
    this.#leave()
    this.#wake?.()
    return Promise.resolve({ value: undefined, done: true as const })
  }
  [Symbol.asyncIterator]() {
    return this
  }
}

/** The supergraph, of subgraphs at these addresses by name. */
export function supergraphAt(addresses: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(sdl).map(([name, text]) => ({
      name,
      url: addresses[name] ?? `http://${name}.invalid`,
      typeDefs: parse(text),
    })),
  )
  if (!supergraphSdl) throw new Error(errors!.map(({ message }) => message).join('\n'))
  return supergraphSdl
}

export type World = ReturnType<typeof world>

/** The subgraphs, their supergraph, and how an event is published. */
export function world() {
  const listeners = new Set<Ticks>()
  let executed = 0
  const given = () => void executed++
  const resolvers = {
    telemetry: {
      Query: {
        character: (_: unknown, { name }: { name: string }) => (names.includes(name) ? characterOf(name) : null),
        characters: (_: unknown, { first }: { first: number }) => names.slice(0, first).map(characterOf),
      },
      Subscription: {
        ticks: {
          subscribe: (_: unknown, __: object, { phase }: { phase?: StreamPhase }) =>
            new Ticks(listeners, phase === 'now', given),
        },
      },
      Character: { __resolveReference: ({ name }: { name: string }) => characterOf(name) },
    },
    inventory: { Character: { inventory: () => inventory } },
    combat: { Character: { combat: () => combat } },
  }
  const subgraphs = Object.entries(sdl).map(([name, text]): Subgraph => ({
    name,
    schema: buildSubgraphSchema({
      typeDefs: parse(text),
      resolvers: resolvers[name as keyof typeof resolvers] as never,
    }),
    contextFor: (_, phase) => ({ phase }),
    waitsFor: () => Promise.resolve(null),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }))
  return {
    subgraphs,
    supergraph: supergraphAt({}),
    publish: (event: Tick) => {
      for (const listener of listeners) listener.hear(event)
    },
    /** Events passed to the subscribers, each to be executed. */
    executed: () => executed,
  }
}
