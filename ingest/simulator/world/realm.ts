// The pretend shard: its characters on one timeline. What happens is emitted to the plugin that witnesses it.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { seeded, seedFor, type Rng } from './chance.ts'
import { newCharacter, type Character } from './character.ts'
import type { CapturedCharacter } from '../fleet.ts'
import type { Item } from './item.ts'
import { uniqueNames } from './names.ts'
import { Timeline } from './timeline.ts'

/** What a plugin sees happen to its character. */
export type Happening =
  | { kind: 'spawn'; monster: string; place: Place }
  | { kind: 'portal'; name: string; place: Place }
  | { kind: 'chat'; text: string; color: number }
  | { kind: 'rare'; name: string; item: Item }
  | { kind: 'item added' | 'item changed'; item: Item; from?: Character }
  | { kind: 'item gone'; id: number }
  | { kind: 'login' }

/** What makes a world. */
export interface RealmOptions {
  seed: number
  characters: number
  /** When simulated time starts, in milliseconds. */
  start: number
  /** Until this moment the world moves in big steps: a history, not a film. */
  fineFrom: number
  /** Whether what happens in that history is sent too, at a slower pace; otherwise only positions and rares are. */
  fullPast?: boolean
  /** Captured characters; they come first. */
  fleet?: readonly CapturedCharacter[]
}

/** The shard. */
export interface Realm {
  timeline: Timeline
  rng: Rng
  characters: Character[]
  names: string[]
  /** When the film begins. */
  fineFrom: number
  /** Before the film: big steps, no blows. */
  coarse: () => boolean
  /** Only positions and rares are sent. */
  quiet: () => boolean
  emit: (character: Character, happening: Happening) => void
}

/** The shard of a seed, before anything has happened. */
export function newRealm(options: RealmOptions, emit: Realm['emit']): Realm {
  const { seed, characters, start, fineFrom, fullPast = false } = options
  const timeline = new Timeline(start)
  const given = options.fleet?.slice(0, characters).map((captured) => captured.name) ?? []
  const drawn = uniqueNames(seeded(seedFor(seed, 'names')), characters).filter((name) => !given.includes(name))
  const names = [...given, ...drawn].slice(0, characters)
  return {
    timeline,
    rng: seeded(seedFor(seed, 'realm')),
    characters: names.map((name, index) => newCharacter(seed, index, name, start, options.fleet?.[index])),
    names,
    fineFrom,
    coarse: () => timeline.now < fineFrom,
    quiet: () => !fullPast && timeline.now < fineFrom,
    emit,
  }
}
