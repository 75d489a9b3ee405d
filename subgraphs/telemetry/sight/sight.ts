// What a viewer may see of characters: where they are, and what they were told in private. Every field that shows a place or
// a private message asks here, by query and by subscription alike.
import { isAtLeast, type Viewer } from '../../../shared/auth/viewer.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import type { AllSettings, PlaceShown } from './settings.ts'

/** Who reads the private messages of characters that are nobody's. */
export type UnownedTells = 'admins' | 'everybody'

/** What has a place, of some character. */
interface Placed {
  ew: number | null
  ns: number | null
  z: number | null
}

/** A row whose place may be missing. */
export type Veiled<R extends Placed> = Omit<R, 'ew' | 'ns' | 'z'> & Placed

/** Names as a condition: only these, or all but these; null for no condition. */
export interface Names {
  names: string[]
  only: boolean
}

export interface Sight {
  /** What of a character's place this viewer is shown. */
  placeOf(character: string): PlaceShown
  /** The row as the viewer may see it: itself, with a rough place, or with none. */
  placed<R extends Placed>(character: string, row: R): Veiled<R>
  /** The same for a way: itself, a rough one, or none. */
  way<P extends { ew: number; ns: number; z: number | null }>(character: string, points: P[]): P[]
  /** The same for a way in lists; of one that is hidden nothing is left. */
  lists<W extends { ew: number[]; ns: number[]; z: (number | null)[]; ms: number[] }>(character: string, way: W): W
  /** Whether the viewer may read private messages of the character. */
  mayRead(character: string): boolean
  /** The same for a statement. */
  tells(): Names | null
  /** Characters whose place is not shown as it is; empty for most viewers. */
  veiled(): string[]
  /** Whether the viewer may know of the alert: some tell a place or a private message. */
  mayKnow(alert: AlertEvent): boolean
  /** Nothing is kept from this viewer now: what was made for all can be handed on as it is. */
  seesAll(): boolean
}

/** Fields of watch rules by which a place could be guessed. */
export const PLACE_FIELDS: readonly string[] = ['EW', 'NS', 'Z']

/**
 * What a viewer may see. Made for each event of a stream, so it is made cheaply.
 * @param settings of all characters; while they are not known, all but admins see no place and no private message
 */
export const sightOf = (viewer: Viewer, settings: AllSettings, unowned: UnownedTells): Sight =>
  new ViewerSight(viewer, settings, unowned)

class ViewerSight implements Sight {
  readonly #viewer: Viewer
  readonly #settings: AllSettings
  readonly #unowned: UnownedTells
  readonly #all: boolean

  constructor(viewer: Viewer, settings: AllSettings, unowned: UnownedTells) {
    this.#viewer = viewer
    this.#settings = settings
    this.#unowned = unowned
    this.#all = isAtLeast(viewer, 'admin')
  }

  #isOwn(owner: string | null): boolean {
    return this.#viewer.owner && owner !== null && owner === this.#viewer.id
  }

  placeOf(character: string): PlaceShown {
    if (this.#all || !this.#settings.veils()) return 'EXACT'
    const known = this.#settings.all()
    if (!known) return 'HIDDEN'
    const one = known.get(character)
    return !one || one.placeShown === 'EXACT' || this.#isOwn(one.owner) ? 'EXACT' : one.placeShown
  }

  placed<R extends Placed>(character: string, row: R): Veiled<R> {
    const shown = this.placeOf(character)
    if (shown === 'EXACT') return row as Veiled<R> // the same row: nothing is copied for most viewers
    return shown === 'HIDDEN' ? { ...row, ew: null, ns: null, z: null } : { ...row, ...rough(row) }
  }

  way<P extends { ew: number; ns: number; z: number | null }>(character: string, points: P[]): P[] {
    const shown = this.placeOf(character)
    if (shown === 'EXACT') return points
    if (shown === 'HIDDEN') return []
    return points.map((point) => ({ ...point, ew: whole(point.ew), ns: whole(point.ns), z: null }))
  }

  lists<W extends { ew: number[]; ns: number[]; z: (number | null)[]; ms: number[] }>(character: string, way: W): W {
    const shown = this.placeOf(character)
    if (shown === 'EXACT') return way
    if (shown === 'HIDDEN') return { ...way, ew: [], ns: [], z: [], ms: [] }
    return { ...way, ew: way.ew.map(whole), ns: way.ns.map(whole), z: way.z.map(() => null) }
  }

  mayRead(character: string): boolean {
    if (this.#all) return true
    const known = this.#settings.all()
    const owner = known?.get(character)?.owner ?? null
    return owner === null ? known !== null && this.#unowned === 'everybody' : this.#isOwn(owner)
  }

  tells(): Names | null {
    if (this.#all) return null
    const known = this.#settings.all()
    const only = this.#unowned === 'admins' || known === null
    const owned = [...(known ?? [])].filter(([, { owner }]) => owner !== null)
    return { only, names: owned.filter(([name]) => this.mayRead(name) === only).map(([name]) => name) }
  }

  veiled(): string[] {
    return this.#all ? [] : [...(this.#settings.all()?.keys() ?? [])].filter((name) => this.placeOf(name) !== 'EXACT')
  }

  mayKnow({ character, details }: AlertEvent): boolean {
    if (this.#all || character === null) return true
    const { field, channel } = (details ?? {}) as { field?: unknown; channel?: unknown }
    if (channel === 'TELL' && !this.mayRead(character)) return false
    return !(typeof field === 'string' && PLACE_FIELDS.includes(field)) || this.placeOf(character) === 'EXACT'
  }

  seesAll(): boolean {
    return this.#all || !this.#settings.veils()
  }
}

/** A whole map unit, which is 240 m; the height could tell a dungeon's floor. */
const rough = ({ ew, ns }: Placed) => ({ ew: ew && whole(ew), ns: ns && whole(ns), z: null })
const whole = (unit: number) => Math.round(unit) + 0
