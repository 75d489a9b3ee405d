// A small world without a game: land, players who walk about and build, animals, and a bot that follows a player.
import type { Sight, WorldPlace } from '../../../shared/contract/world-commands.ts'
import type { SurfaceCell, WorldEntity } from '../../../shared/contract/world-view.ts'
import { sightOf } from '../world/sight.ts'
import type { Area, WorldChange, WorldSource } from '../world/world-source.ts'
import { EXTENT, noiseAt, surfaceAt } from './terrain.ts'

const TICK_MS = 500
/** Ticks of the game's day that pass in one of ours: a day of the demo takes ten minutes. */
const DAY_TICKS_A_TICK = 20
const DAY = 24_000
export const BOT = 'OracleBot'
export const PLAYERS = ['Slingshooter', 'SwiftWolf', 'Marigold'] as const
const CREATURES = ['sheep', 'sheep', 'cow', 'cow', 'chicken', 'zombie'] as const
/** How near the bot stays to whom it follows, in blocks. */
const NEAR = 4
const TELEPORTS_BEYOND = 40
const PLACED = ['oak_planks', 'cobblestone', 'redstone_lamp', 'torch', 'wheat']

/** All of a player's health, in half hearts. */
const HEALTH = 20

interface Walker extends WorldEntity {
  /** Where it is going. */
  goal: { x: number; z: number }
  /** Whom it stays near; bots only. */
  follows?: string | null
}
/** Bots that are sent to watch players, beside the first. */
const MAX_DISPATCHED = 4

/** The demo's world. Everything in it follows from the seed and the number of ticks. */
export class DemoWorld implements WorldSource {
  readonly name = 'demo'
  readonly kind = 'DEMO'
  readonly intervalMs = 100
  readonly #seed: number
  readonly #cells = new Map<string, SurfaceCell>()
  readonly #walkers: Walker[]
  #tick = 0

  constructor(seed: number) {
    this.#seed = seed
    for (let x = -EXTENT; x < EXTENT; x++)
      for (let z = -EXTENT; z < EXTENT; z++) this.#cells.set(`${x},${z}`, surfaceAt(seed, x, z))
    const all = [
      ...PLAYERS.map((name) => ({ kind: 'PLAYER' as const, name })),
      ...CREATURES.map((name) => ({ kind: 'CREATURE' as const, name })),
      { kind: 'BOT' as const, name: BOT },
    ]
    this.#walkers = all.map(({ kind, name }, nth) => {
      const [x, z] = [Math.round(this.#random(nth) * 30 - 12), Math.round(this.#random(nth + 50) * 30 - 18)]
      const place = { x, z, y: this.#groundAt(x, z) }
      const health = kind === 'PLAYER' ? { health: HEALTH } : {}
      return { id: `${kind.toLowerCase()}-${nth}`, kind, name, ...place, ...health, goal: { x, z } }
    })
    this.#bot.follows = PLAYERS[0]
  }

  /** The first bot, which commands are for. */
  get #bot(): Walker {
    return this.#walkers.find(({ name }) => name === BOT)!
  }

  get #focus(): string | null {
    return this.#bot.follows ?? null
  }

  /** The topmost block of a column; null outside the world. */
  cellAt(x: number, z: number): SurfaceCell | null {
    return this.#cells.get(`${Math.floor(x)},${Math.floor(z)}`) ?? null
  }

  /** A player by name, ignoring case; null for one who is not there. */
  player(name: string): WorldEntity | null {
    return this.#walkers.find((one) => one.kind === 'PLAYER' && one.name.toLowerCase() === name.toLowerCase()) ?? null
  }

  /** Everything within a square around a place. */
  entitiesNear(x: number, z: number, radius: number): WorldEntity[] {
    return this.#walkers.filter((one) => Math.abs(one.x - x) <= radius && Math.abs(one.z - z) <= radius).map(entityOf)
  }

  players(): WorldEntity[] {
    return this.#walkers.filter(({ kind }) => kind === 'PLAYER').map(entityOf)
  }

  place(): WorldPlace {
    const { x, y, z } = this.#bot
    return { x, y, z }
  }

  follow(name: string): boolean {
    const found = this.player(name)
    if (found) this.#bot.follows = found.name
    return found !== null
  }

  goTo({ x, z }: WorldPlace): boolean {
    const [column, row] = [Math.floor(x), Math.floor(z)]
    if (!this.cellAt(column, row)) return false
    const there = { x: column, z: row }
    Object.assign(this.#bot, { ...there, y: this.#groundAt(column, row), goal: there, follows: null })
    return true
  }

  scan(area: Area): Promise<Sight> {
    return Promise.resolve(sightOf(area, (x, z) => this.cellAt(x, z), this.#walkers))
  }

  dispatch(name: string): string | null {
    const watched = this.player(name)
    if (!watched) return `There is no player ${name} in this world.`
    const bots = this.#walkers.filter(({ kind, name }) => kind === 'BOT' && name !== BOT)
    if (bots.some(({ follows }) => follows === watched.name)) return `A bot watches ${watched.name} already.`
    if (bots.length >= MAX_DISPATCHED) return `At most ${MAX_DISPATCHED} further bots can be sent.`
    const nth = bots.length + 2
    const { x, y, z } = watched
    const bot = { id: `bot-${nth}`, kind: 'BOT' as const, name: `${BOT}${nth}`, x: x - 2, y, z }
    this.#walkers.push({ ...bot, goal: { x, z }, follows: watched.name })
    return null
  }

  start(report: (change: WorldChange) => void): AsyncDisposable {
    report({
      cells: [...this.#cells.values()],
      entities: this.#walkers.map(entityOf),
      state: { connected: true, timeOfDay: this.#timeOfDay(), weather: 'CLEAR', focus: this.#focus },
    })
    const timer = setInterval(() => report(this.advance()), TICK_MS).unref()
    return {
      [Symbol.asyncDispose]() {
        clearInterval(timer)
        return Promise.resolve()
      },
    }
  }

  /** Half a second of the world: what changed in it. */
  advance(): WorldChange {
    this.#tick++
    const moved = this.#walkers.filter((walker, nth) => this.#walk(walker, nth)).map(entityOf)
    const cells = this.#tick % 6 === 0 ? this.#build() : []
    return { entities: moved, cells, state: { timeOfDay: this.#timeOfDay(), focus: this.#focus } }
  }

  #timeOfDay(): number {
    return (6_000 + this.#tick * DAY_TICKS_A_TICK) % DAY
  }

  /** Different for every tick and `nth`. */
  #random(nth: number): number {
    return noiseAt(this.#seed + 100 + nth, this.#tick, nth)
  }

  #groundAt(x: number, z: number): number {
    return (this.cellAt(x, z)?.y ?? 63) + 1
  }

  /** A step towards its goal; false for one that stays. */
  #walk(walker: Walker, nth: number): boolean {
    const followed = walker.follows ? this.player(walker.follows) : null
    if (followed) {
      const distance = Math.max(Math.abs(followed.x - walker.x), Math.abs(followed.z - walker.z))
      if (distance > TELEPORTS_BEYOND) Object.assign(walker, { x: followed.x - 2, z: followed.z })
      else if (distance <= NEAR) return false
      walker.goal = { x: followed.x, z: followed.z }
    } else if (walker.goal.x === walker.x && walker.goal.z === walker.z) {
      if (walker.kind === 'BOT' || this.#random(nth) < 0.8) return false
      const reach = walker.kind === 'PLAYER' ? 34 : 12
      const to = (from: number, other: number) =>
        Math.round(Math.max(-EXTENT + 8, Math.min(EXTENT - 8, from + (this.#random(other) - 0.5) * reach)))
      walker.goal = { x: to(walker.x * 0.8, nth + 20), z: to(walker.z * 0.8, nth + 40) }
    } else if (walker.kind === 'CREATURE' && this.#tick % 3 !== 0) return false
    const [x, z] = [walker.x + Math.sign(walker.goal.x - walker.x), walker.z + Math.sign(walker.goal.z - walker.z)]
    if (walker.kind !== 'BOT' && this.cellAt(x, z)?.block === 'water') {
      walker.goal = { x: walker.x, z: walker.z } // nobody swims
      return false
    }
    Object.assign(walker, { x, z, y: this.#groundAt(x, z) })
    if (walker.health !== undefined) walker.health = this.#healthOf(walker, walker.health)
    return true
  }

  /** A zombie beside a player hurts; away from it wounds heal, half a heart a step. */
  #healthOf({ x, z }: Walker, health: number): number {
    const isHurt = this.entitiesNear(x, z, 1).some(({ name }) => name === 'zombie')
    return isHurt ? Math.max(2, health - 3) : Math.min(HEALTH, health + 1)
  }

  /** A player puts down a block, or digs one up. */
  #build(): SurfaceCell[] {
    const builder = this.#walkers[Math.floor(this.#random(70) * PLAYERS.length)]!
    const [x, z] = [builder.x + (this.#random(71) < 0.5 ? -1 : 1), builder.z + (this.#random(72) < 0.5 ? -1 : 1)]
    const there = this.cellAt(x, z)
    if (!there || there.block === 'water') return []
    const land = surfaceAt(this.#seed, x, z)
    const isBuilt = there.block !== land.block || there.y !== land.y
    const block = PLACED[Math.floor(this.#random(73) * PLACED.length)]!
    const cell = isBuilt ? land : { x, z, y: land.y + 1, block }
    this.#cells.set(`${x},${z}`, cell)
    return [cell]
  }
}

const entityOf = ({ goal: _goal, follows: _follows, ...entity }: Walker): WorldEntity => entity
