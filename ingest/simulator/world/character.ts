// One of the shard's characters: who it is, where it goes, how it fares. Its parts are in files of their own.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { towns, type Town } from '../../../shared/world/dereth/towns.ts'
import { between, guid, pick, pickWeighted, rounded, seeded, seedFor, whole, type Rng } from './chance.ts'
import { newFight, type Fight } from './fight.ts'
import type { CapturedCharacter } from '../fleet.ts'
import { huntingGrounds, type HuntingGround } from './hunting-grounds.ts'
import { capturedInventory, outfit, type Inventory } from './inventory.ts'
import { distance } from './roads.ts'
import { newSheet, type Sheet } from './sheet.ts'
import { standing, type Leg } from './walk.ts'

/** What a macro says it does. */
export type State = 'combat' | 'navigation' | 'idle' | 'default'

/** A character of the pretend shard. */
export interface Character {
  index: number
  name: string
  tag: string | null
  id: number
  rng: Rng
  home: Town
  ground: HuntingGround
  /** Where the hunt of now is centred: the ground, or a spot not far from it. */
  hunting: Place
  leg: Leg
  state: State
  /** Legs still ahead on the way to somewhere. */
  way: Place[]
  speed: number
  session: Session
  totalDeaths: number
  health: number
  stamina: number
  mana: number
  vitae: number
  sheet: Sheet
  readonly inventory: Inventory
  /** The game server, where its frames name one. */
  server: string | null
  /** The sheet as captured. */
  captured: Record<string, unknown> | null
  latencyMs: number
  radar: boolean
  sharesVitals: boolean
  /** Out of the game: nothing happens to it and its plugin sends nothing. */
  away: boolean
  /** Quests done, with when their timers end, in milliseconds. */
  quests: Map<string, number>
}

/** One login of a character. */
export interface Session {
  id: string
  since: number
  kills: number
  deaths: number
  rares: number
  memoryMb: number
  fight: Fight
}

/** A fresh login: counters from nothing. */
export function newSession(rng: Rng, now: number): Session {
  return {
    id: guid(rng),
    since: now,
    kills: 0,
    deaths: 0,
    rares: 0,
    memoryMb: rounded(between(rng, 380, 620), 1),
    fight: newFight(),
  }
}

/** A ground that mostly suits the level: near home more often, but people do travel. */
export function groundFor(rng: Rng, level: number, home: Place): HuntingGround {
  // A quest, a friend in need, a whim: a third of all hunts lead anywhere.
  if (rng() < 0.35) return pick(rng, huntingGrounds)
  const goal = Math.min(level, 120)
  const suits = huntingGrounds.filter((ground) => Math.abs(ground.level - goal) < (level > 120 ? 80 : 30))
  return pickWeighted(rng, suits.length ? suits : huntingGrounds, (ground) => 1 / (12 + distance(ground, home)) + 0.02)
}

/** Levels as a guild has them: half at the top, the rest anywhere. */
const drawLevel = (rng: Rng) => (rng() < 0.5 ? 275 : rng() < 0.6 ? whole(rng, 100, 274) : whole(rng, 12, 100))

/** A character as the seed has it. */
export function newCharacter(
  seed: number,
  index: number,
  name: string,
  now: number,
  captured?: CapturedCharacter,
): Character {
  const rng = seeded(seedFor(seed, 'character', index))
  const drawn = drawLevel(rng)
  const level = Number(captured?.stats?.['level'] ?? drawn)
  const home = pickWeighted(rng, towns, (town) => 4 - town.rank)
  const ground = groundFor(rng, level, home)
  const sheet = newSheet(rng, level, now)
  const id = captured?.id ?? 0x50000000 + Math.floor(rng() * 0xffffff) + index
  const hunts = rng() < 0.75
  let held: Inventory | undefined
  const place = hunts ? ground : home
  return {
    index,
    name,
    id,
    rng,
    home,
    ground,
    hunting: ground,
    sheet,
    tag: rng() < 0.8 ? pick(rng, ['main', 'mule', 'Moss', 'buffer']) : null,
    leg: standing({ ew: place.ew, ns: place.ns }, now),
    state: 'default',
    way: [],
    speed: between(rng, 0.032, 0.05),
    session: newSession(rng, now),
    totalDeaths: sheet.deaths,
    health: sheet.maxHealth,
    stamina: sheet.maxStamina,
    mana: sheet.maxMana,
    vitae: 0,
    // Made when first asked for: a large fleet need not wait for two thousand outfits before it starts.
    get inventory() {
      held ??= captured
        ? capturedInventory(captured.items, index)
        : outfit(seeded(seedFor(seed, 'inventory', index)), id, index, level, now)
      return held
    },
    server: captured?.server ?? null,
    captured: captured?.stats ?? null,
    latencyMs: between(rng, 28, 140),
    radar: rng() < 0.03,
    sharesVitals: rng() < 0.3,
    away: false,
    quests: new Map(),
  }
}
