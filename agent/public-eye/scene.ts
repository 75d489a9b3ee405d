// The square of the world that the public sees, kept up to date, and the messages that bring readers there.
import {
  changeMessages,
  heartbeatMessage,
  modeMessage,
  statusMessage,
  wholeMessages,
  type Cell,
  type Entity,
  type News,
  type WorldEvent,
} from './messages.ts'

const RUN = 5
/** Columns that are remembered around the bot; farther ones are forgotten. */
const KEEP_WITHIN = 40

export class PublicScene {
  readonly #cells = new Map<string, Cell>()
  readonly #entities = new Map<string, Entity>()
  #seq = 0
  #base: number | null = null
  #now: WorldEvent | null = null
  /** How far around the bot the square reaches. */
  readonly #radius: number

  constructor(radius: number) {
    this.#radius = radius
  }

  /**
   * Takes an event of the graph.
   * @returns the messages for a viewer that has all earlier ones; null if events were missed and the whole square is
   * needed
   */
  take(event: WorldEvent): string[] | null {
    if (event.base !== null && event.base !== this.#base) return event.seq <= (this.#base ?? -1) ? [] : null
    const before = this.#now
    this.#base = event.seq
    this.#now = event
    const isWhole = event.base === null
    const news = isWhole ? this.#replaced(event) : this.#known(event)
    this.#apply(event)
    if (!before) {
      // Those who came before anything was known have nothing that this could be a change of.
      this.#seq++
      return this.whole()
    }
    const messages: string[] = []
    if (before.connected !== event.connected) messages.push(statusMessage(event.connected))
    if (before.mode !== event.mode || before.player !== event.player) messages.push(modeMessage(event))
    if (news.runs.length || news.entities.length || news.gone.length) {
      const changes = changeMessages(this.#seq + 1, news)
      this.#seq += changes.length
      messages.push(...changes)
    }
    return messages
  }

  /** A change without the end of what nobody was shown. */
  #known(event: WorldEvent): WorldEvent {
    return { ...event, gone: event.gone.filter((id) => this.#entities.has(id)) }
  }

  /** What of a whole square is new to readers of the one before. */
  #replaced(event: WorldEvent): News {
    const there = new Set(event.entities.map(({ id }) => id))
    const gone = [...this.#entities.keys()].filter((id) => !there.has(id))
    const runs: number[] = []
    for (let at = 0; at + RUN <= event.runs.length; at += RUN) {
      const run = event.runs.slice(at, at + RUN) as [number, number, number, number, number]
      if (!this.#has(run, event.palette)) runs.push(...run)
    }
    const entities = event.entities.filter((entity) => !isSame(this.#entities.get(entity.id), entity))
    return { palette: event.palette, runs, entities, gone }
  }

  #has([x, z, length, y, index]: [number, number, number, number, number], palette: readonly string[]): boolean {
    for (let along = 0; along < length; along++) {
      const cell = this.#cells.get(`${x + along},${z}`)
      if (!cell || cell.y !== y || cell.type !== palette[index]) return false
    }
    return true
  }

  #apply({ base, palette, runs, entities, gone }: WorldEvent): void {
    if (base === null) this.#entities.clear()
    for (let at = 0; at + RUN <= runs.length; at += RUN) {
      const [x, z, length, y, index] = runs.slice(at, at + RUN) as [number, number, number, number, number]
      for (let along = 0; along < length; along++)
        this.#cells.set(`${x + along},${z}`, { x: x + along, z, y, type: palette[index] ?? 'air' })
    }
    for (const entity of entities) this.#entities.set(entity.id, entity)
    for (const id of gone) this.#entities.delete(id)
    const bot = this.bot()
    if (base === null && bot)
      for (const [key, cell] of this.#cells) if (!isWithin(bot, cell, KEEP_WITHIN)) this.#cells.delete(key)
  }

  /** Messages for somebody who has nothing yet. */
  whole(): string[] {
    const now = this.#now
    if (!now) return [statusMessage(false)]
    const bot = this.bot()
    const center = bot ? { x: bot.x, y: bot.y, z: bot.z } : null
    const known = [...this.#cells.values()].filter(({ type }) => type !== 'air')
    const isNear = (cell: Cell) => !bot || isWithin(bot, cell, this.#radius)
    const cells = known.filter(isNear)
    // Changes leave out what was sent before: somebody who comes needs what the others have.
    const around = known.filter((cell) => !isNear(cell))
    const scene = { seq: this.#seq, cells, around, entities: this.#entities.values(), center }
    return [statusMessage(now.connected), modeMessage(now), ...wholeMessages(scene)]
  }

  heartbeat(): string | null {
    return this.#now && heartbeatMessage(this.#now, this.#entities.values())
  }

  bot(): Entity | undefined {
    return [...this.#entities.values()].find(({ kind }) => kind === 'BOT')
  }
}

const isWithin = (middle: { x: number; z: number }, { x, z }: { x: number; z: number }, radius: number): boolean =>
  x >= Math.floor(middle.x) - radius &&
  x < Math.floor(middle.x) + radius &&
  z >= Math.floor(middle.z) - radius &&
  z < Math.floor(middle.z) + radius

const isSame = (one: Entity | undefined, other: Entity): boolean =>
  one !== undefined && one.x === other.x && one.y === other.y && one.z === other.z && one.health === other.health
