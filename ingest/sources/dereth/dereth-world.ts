// The guild's own game as a world: where its characters are, what is near them, and the floors of dungeons. There is no
// bot: an eye goes where one would.
import type { Sight, WorldPlace } from '../../../shared/contract/world-commands.ts'
import type { DungeonLevel } from '../../../shared/contract/dungeon.ts'
import { topic, type RadarEvent, type TelemetryEvent } from '../../../shared/contract/topics.ts'
import type { SurfaceCell, WorldEntity } from '../../../shared/contract/world-view.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { Resources } from '../../../shared/serve/resources.ts'
import { sightOf } from '../world/sight.ts'
import type { Area, WorldChange, WorldSource } from '../world/world-source.ts'
import { columnOf, floorCells, placeOf } from './tiles.ts'

const EYE = { id: 'eye', kind: 'BOT' as const, name: 'Eye' }
const GROUND = 'dirt_path'
/** Columns around a character that count as seen. */
const SEEN = 1
const MAX_CELLS = 60_000
const MAX_OBJECTS = 500
/** Characters and objects that were not reported for so long are gone, in milliseconds. */
const GONE_MS = 60_000
const TIDY_MS = 5_000

export interface DerethOptions {
  pubsub: PubSub
  /** Whether everybody may see where a character is: others are not in this world, for nobody. */
  isShown: (character: string) => boolean
  /** The floor of a dungeon, by landblock. */
  floorOf: (landblock: string) => Promise<readonly DungeonLevel[]>
  onError: (error: unknown) => void
}

export class DerethWorld implements WorldSource {
  readonly name = 'dereth'
  readonly kind = 'DERETH'
  /** A large guild reports hundreds of places a second. */
  readonly intervalMs = 1_000
  readonly #options: DerethOptions
  readonly #cells = new Map<string, SurfaceCell>()
  readonly #entities = new Map<string, WorldEntity>()
  readonly #seenAt = new Map<string, number>()
  readonly #floors = new Set<string>()
  #eye: WorldPlace | null = null
  #focus: string | null = null
  #report: (change: WorldChange) => void = () => undefined

  constructor(options: DerethOptions) {
    this.#options = options
  }

  start(report: (change: WorldChange) => void): AsyncDisposable {
    this.#report = report
    report({ state: { connected: true, timeOfDay: 6_000, weather: 'CLEAR', focus: null } })
    const resources = new Resources()
    const begun = this.#listen(resources).catch(this.#options.onError)
    const timer = setInterval(() => this.#tidy(), TIDY_MS).unref()
    return {
      async [Symbol.asyncDispose]() {
        clearInterval(timer)
        await begun
        await resources[Symbol.asyncDispose]()
      },
    }
  }

  async #listen(resources: Resources): Promise<void> {
    const { pubsub } = this.#options
    resources.defer(await pubsub.subscribe(topic('telemetry'), (event) => this.#onTelemetry(event as TelemetryEvent)))
    resources.defer(await pubsub.subscribe(topic('radar'), (event) => this.#onRadar(event as RadarEvent)))
    resources.defer(
      await pubsub.subscribe(topic('dungeon'), (event) => {
        const { landblock } = event as { landblock: string }
        this.#floors.delete(landblock)
        this.#loadFloor(landblock)
      }),
    )
  }

  #onTelemetry({ character, ew, ns, z }: TelemetryEvent): void {
    if (!this.#options.isShown(character)) return this.#remove([`c-${character}`])
    const place = columnOf({ ew, ns, z })
    const entity: WorldEntity = { id: `c-${character}`, kind: 'PLAYER', name: character, ...place }
    this.#seenAt.set(entity.id, performance.now())
    this.#entities.set(entity.id, entity)
    if (this.#focus === null) this.#focus = character
    const eye = this.#focus === character ? this.#moveEye(place) : []
    this.#report({ cells: this.#groundAround(place), entities: [entity, ...eye], state: { focus: this.#focus } })
  }

  /** What a character's radar shows: a picture of the surroundings of one that is not shown is left out whole. */
  #onRadar({ character, landblock, objects }: RadarEvent): void {
    if (!this.#options.isShown(character)) return
    if (landblock !== null) this.#loadFloor(landblock)
    const entities = objects.flatMap(({ gameId, name, objectClassName, ew, ns, z }): WorldEntity[] => {
      if (ew === null || ns === null || name === null || name === character || !this.#options.isShown(name)) return []
      if (this.#entities.has(`c-${name}`)) return []
      const kind = objectClassName === 'Player' ? 'PLAYER' : objectClassName === 'Monster' ? 'CREATURE' : 'ITEM'
      return [{ id: `o-${gameId}`, kind, name: name.slice(0, 64), ...columnOf({ ew, ns, z }) }]
    })
    for (const entity of entities) {
      if (!this.#entities.has(entity.id) && this.#entities.size >= MAX_OBJECTS) continue
      this.#seenAt.set(entity.id, performance.now())
      this.#entities.set(entity.id, entity)
    }
    this.#report({ entities: entities.filter(({ id }) => this.#entities.has(id)) })
  }

  #loadFloor(landblock: string): void {
    if (this.#floors.has(landblock)) return
    this.#floors.add(landblock)
    this.#options
      .floorOf(landblock)
      .then((levels) => this.#report({ cells: this.#keep(floorCells(landblock, levels)) }))
      .catch(this.#options.onError)
  }

  #groundAround({ x, y, z }: WorldPlace): SurfaceCell[] {
    const cells: SurfaceCell[] = []
    for (let dx = -SEEN; dx <= SEEN; dx++)
      for (let dz = -SEEN; dz <= SEEN; dz++) {
        const [column, row] = [Math.floor(x) + dx, Math.floor(z) + dz]
        if (this.#cells.has(`${column},${row}`)) continue
        cells.push({ x: column, z: row, y: Math.round(y ?? 0), block: GROUND })
      }
    return this.#keep(cells)
  }

  #keep(cells: readonly SurfaceCell[]): SurfaceCell[] {
    const kept = cells.slice(0, Math.max(0, MAX_CELLS - this.#cells.size))
    for (const cell of kept) this.#cells.set(`${cell.x},${cell.z}`, cell)
    return kept
  }

  /** The eye at a place, as it is reported. */
  #moveEye(place: WorldPlace): WorldEntity[] {
    this.#eye = place
    const eye = { ...EYE, x: place.x, y: place.y ?? 0, z: place.z }
    this.#entities.set(EYE.id, eye)
    return [eye]
  }

  #remove(ids: readonly string[]): void {
    const gone = ids.filter((id) => this.#entities.delete(id))
    for (const id of ids) this.#seenAt.delete(id)
    if (gone.length) this.#report({ gone })
  }

  #tidy(): void {
    const before = performance.now() - GONE_MS
    const hidden = this.players().filter(({ id, name }) => id.startsWith('c-') && !this.#options.isShown(name))
    const silent = [...this.#seenAt].filter(([, at]) => at < before).map(([id]) => id)
    this.#remove([...hidden.map(({ id }) => id), ...silent])
  }

  players(): WorldEntity[] {
    return [...this.#entities.values()].filter(({ kind }) => kind === 'PLAYER')
  }
  place(): WorldPlace | null {
    return this.#eye
  }
  follow(player: string): boolean {
    const found = this.players().find(({ name }) => name.toLowerCase() === player.toLowerCase())
    if (!found) return false
    this.#focus = found.name
    this.#report({ entities: this.#moveEye(placeOf(found)), state: { focus: this.#focus } })
    return true
  }
  goTo(place: WorldPlace): boolean {
    this.#report({ entities: this.#moveEye(place) })
    return true
  }
  scan(area: Area): Promise<Sight> {
    return Promise.resolve(sightOf(area, (x, z) => this.#cells.get(`${x},${z}`) ?? null, this.#entities.values()))
  }
  dispatch(): string {
    return 'This world has no bots to send.'
  }
}
