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

/** @param settings of all characters; while they are not known, all but admins see no place and no private message */
export function sightOf(viewer: Viewer, settings: AllSettings, unowned: UnownedTells): Sight {
  const all = isAtLeast(viewer, 'admin')
  const isOwn = (owner: string | null) => viewer.owner && owner !== null && owner === viewer.id

  const placeOf = (character: string): PlaceShown => {
    if (all) return 'EXACT'
    const known = settings.all()
    if (!known) return 'HIDDEN'
    const one = known.get(character)
    return !one || one.placeShown === 'EXACT' || isOwn(one.owner) ? 'EXACT' : one.placeShown
  }
  const mayRead = (character: string): boolean => {
    if (all) return true
    const owner = settings.all()?.get(character)?.owner ?? null
    return owner === null ? unowned === 'everybody' && settings.all() !== null : isOwn(owner)
  }
  const veiled = () => (all ? [] : [...(settings.all()?.keys() ?? [])].filter((name) => placeOf(name) !== 'EXACT'))

  return {
    placeOf,
    placed<R extends Placed>(character: string, row: R) {
      const shown = placeOf(character)
      if (shown === 'EXACT') return row as Veiled<R> // the same row: nothing is copied for most viewers
      return shown === 'HIDDEN' ? { ...row, ew: null, ns: null, z: null } : { ...row, ...rough(row) }
    },
    way(character, points) {
      const shown = placeOf(character)
      if (shown === 'EXACT') return points
      if (shown === 'HIDDEN') return []
      return points.map((point) => ({ ...point, ew: whole(point.ew), ns: whole(point.ns), z: null }))
    },
    mayRead,
    tells() {
      if (all) return null
      const owned = [...(settings.all() ?? [])].filter(([, { owner }]) => owner !== null)
      const only = unowned === 'admins' || settings.all() === null
      return { only, names: owned.filter(([name]) => mayRead(name) === only).map(([name]) => name) }
    },
    veiled,
    mayKnow({ character, details }) {
      if (all || character === null) return true
      const { field, channel } = (details ?? {}) as { field?: unknown; channel?: unknown }
      if (channel === 'TELL' && !mayRead(character)) return false
      return !(typeof field === 'string' && PLACE_FIELDS.includes(field)) || placeOf(character) === 'EXACT'
    },
    seesAll: () => all || !settings.veils(),
  }
}

/** A whole map unit, which is 240 m; the height could tell a dungeon's floor. */
const rough = ({ ew, ns }: Placed) => ({ ew: ew && whole(ew), ns: ns && whole(ns), z: null })
const whole = (unit: number) => Math.round(unit) + 0
