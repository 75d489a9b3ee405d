// What a radar picture shows, relative to the character: metres east and north of it.
import { byText } from '../../language/language.ts'
import { EDGE, LANDBLOCK, UNIT_M } from '../../../../shared/world/dereth/coordinates.ts'
import type { RadarPictureFragment } from './radar-picture.fragment.gen.ts'
import type { RadarFloorSubscription } from './radar-floor.subscription.gen.ts'
import { texts } from './messages.ts'

export type Picture = Pick<RadarPictureFragment, 'ew' | 'ns' | 'z' | 'landblock' | 'objects'>
export type Floor = Pick<RadarFloorSubscription['dungeonMapChanged'], 'landblock' | 'levels'>
export type RadarKind = 'monster' | 'player' | 'npc' | 'portal' | 'lifestone' | 'corpse' | 'door' | 'other'

/** Metres east (+) and north (+) of the character. */
export interface Offset {
  east: number
  north: number
}
export interface RadarRow {
  id: string
  name: string
  kind: RadarKind
  /** The class as the graph names it: `Monster`. */
  className: string
  /** Null if no place was reported: the object is listed, not drawn. */
  offset: Offset | null
  /** Metres; null if neither a distance nor a place was reported. */
  distance: number | null
  /** `NE`; empty without a place, or at the character's own. */
  direction: string
  /** Metres above (+) or below (-) the character; null if one of the heights is unknown. */
  above: number | null
}
export interface Tile extends Offset {
  /** Whether it is on the level nearest to the character's height. */
  isOwnLevel: boolean
}

/** How objects of a kind are drawn: `path` is an SVG path around 0, 0, within 6 to each side. */
export const kindLooks: Record<RadarKind, { name: string; colour: string; path: string }> = {
  monster: {
    get name() {
      return texts.monsters
    },
    colour: '--bad',
    path: 'M0-6L6 5H-6Z',
  },
  player: {
    get name() {
      return texts.players
    },
    colour: '--info',
    path: 'M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z',
  },
  npc: {
    get name() {
      return texts.npcs
    },
    colour: '--good',
    path: 'M-4.5-4.5H4.5V4.5H-4.5Z',
  },
  portal: {
    get name() {
      return texts.portals
    },
    colour: '--epic',
    path: 'M0-6L6 0L0 6L-6 0Z',
  },
  lifestone: {
    get name() {
      return texts.lifestones
    },
    colour: '--accent',
    path: 'M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z',
  },
  corpse: {
    get name() {
      return texts.corpses
    },
    colour: '--warn',
    path: 'M-5-3L-3-5L0-2L3-5L5-3L2 0L5 3L3 5L0 2L-3 5L-5 3L-2 0Z',
  },
  door: {
    get name() {
      return texts.doors
    },
    colour: '--tell',
    path: 'M-6-2H6V2H-6Z',
  },
  other: {
    get name() {
      return texts.otherObjects
    },
    colour: '--muted',
    path: 'M-3 0A3 3 0 1 0 3 0A3 3 0 1 0-3 0Z',
  },
}
export const radarKinds = Object.keys(kindLooks) as RadarKind[]

const kindOfClass: Record<string, RadarKind> = {
  Monster: 'monster',
  Player: 'player',
  Npc: 'npc',
  Vendor: 'npc',
  Portal: 'portal',
  Lifestone: 'lifestone',
  Corpse: 'corpse',
  Door: 'door',
}
const WINDS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const

/** The direction of an offset, in degrees clockwise from north: 0 to 360. */
const bearing = ({ east, north }: Offset): number => ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360

/** `N`, `NE`, … for degrees clockwise from north. */
export const windOf = (degrees: number): string => WINDS[((Math.round(degrees / 45) % 8) + 8) % 8]!

function offsetOf(picture: Picture, object: Picture['objects'][number]): Offset | null {
  if (picture.ew == null || picture.ns == null || object.ew == null || object.ns == null) return null
  return { east: (object.ew - picture.ew) * UNIT_M, north: (object.ns - picture.ns) * UNIT_M }
}

/** The objects of a picture, nearest first; those without a distance last. */
export function radarRows(picture: Picture): RadarRow[] {
  const rows = picture.objects.map((object): RadarRow => {
    const offset = offsetOf(picture, object)
    const className = object.objectClassName ?? texts.unknown
    return {
      id: String(object.gameId),
      name: object.name ?? texts.unnamed,
      kind: kindOfClass[className] ?? 'other',
      className,
      offset,
      distance: object.distance ?? (offset && Math.hypot(offset.east, offset.north)),
      direction: offset && Math.hypot(offset.east, offset.north) >= 0.5 ? windOf(bearing(offset)) : '',
      above: object.z == null || picture.z == null ? null : object.z - picture.z,
    }
  })
  return rows.sort((a, b) => (a.distance ?? Infinity) - (b.distance ?? Infinity) || byText(a.name, b.name))
}

/**
 * The tiles of a dungeon around the character. Tiles count metres from their landblock's corner, which lies where an
 * outdoor landblock of that number would. None if the floor belongs to another landblock.
 */
export function floorTiles(floor: Floor | null, { landblock, ew, ns, z }: Picture): Tile[] {
  if (!floor || floor.landblock !== landblock || ew == null || ns == null) return []
  const here = {
    x: (ew + EDGE - Number.parseInt(landblock.slice(0, 2), 16) * LANDBLOCK) * UNIT_M,
    y: (ns + EDGE - Number.parseInt(landblock.slice(2), 16) * LANDBLOCK) * UNIT_M,
  }
  const own = nearestLevel(floor, z ?? 0)
  const tiles = floor.levels.flatMap((level) =>
    level.cells.map(({ x, y }) => ({ east: x - here.x, north: y - here.y, isOwnLevel: level.z === own })),
  )
  return tiles.sort((a, b) => Number(a.isOwnLevel) - Number(b.isOwnLevel))
}

function nearestLevel({ levels }: Floor, z: number): number | undefined {
  return [...levels].sort((a, b) => Math.abs(a.z - z) - Math.abs(b.z - z))[0]?.z
}

export const MIN_RANGE_M = 10
export const MAX_RANGE_M = 2_000
const RING_STEPS_M = [5, 10, 20, 25, 50, 100, 200, 250, 500]

/** Metres between rings, so that at most four of them fit into a range. */
export const ringStep = (range: number): number => RING_STEPS_M.find((step) => range / step <= 4) ?? 500

/** A range made larger (by > 1) or smaller, within limits; whole metres. */
export const zoomed = (range: number, by: number): number =>
  Math.round(Math.min(MAX_RANGE_M, Math.max(MIN_RANGE_M, range * by)))

/** How the picture lies on the canvas: `turn` is what points up, in degrees clockwise from north. */
export interface RadarView {
  width: number
  height: number
  /** Metres from the middle to the nearer edge. */
  range: number
  turn: number
}
const MARGIN_PX = 12

/** Pixels of a metre. */
export const metrePx = ({ width, height, range }: RadarView): number =>
  Math.max(1, Math.min(width, height) / 2 - MARGIN_PX) / range

/** Where an offset is on the canvas, in pixels from its top left. */
export function toCanvas(view: RadarView, { east, north }: Offset): [x: number, y: number] {
  const [sin, cos] = [Math.sin((view.turn * Math.PI) / 180), Math.cos((view.turn * Math.PI) / 180)]
  const px = metrePx(view)
  return [view.width / 2 + (east * cos - north * sin) * px, view.height / 2 - (east * sin + north * cos) * px]
}

const TOUCH_PX = 12
/** The object drawn nearest to a point of the canvas, within a finger's reach; undefined if there is none. */
export function rowAt(rows: readonly RadarRow[], view: RadarView, x: number, y: number): RadarRow | undefined {
  let best: RadarRow | undefined
  let least = TOUCH_PX
  for (const row of rows) {
    if (!row.offset) continue
    const [left, top] = toCanvas(view, row.offset)
    const away = Math.hypot(left - x, top - y)
    if (away <= least) [best, least] = [row, away]
  }
  return best
}

/** `4.2 m`, `85 m`, `312 m (1.3 map units)`; `–` if unknown. */
export function distanceText(metres: number | null): string {
  if (metres === null) return '–'
  const text = texts.mOfMetres(metres < 10 ? metres.toFixed(1) : Math.round(metres))
  return metres < UNIT_M ? text : texts.mapUnits(text, (metres / UNIT_M).toFixed(1))
}

/** `3 m above`, `6 m below`; empty for what is level with the character, and for unknown heights. */
export function aboveText(above: number | null): string {
  if (above === null || Math.abs(above) < 1) return ''
  return texts.mOfAbove(Math.round(Math.abs(above)), above > 0 ? texts.above : texts.below)
}
