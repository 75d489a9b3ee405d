import type { Pool } from '../../../shared/db/pool.ts'
import { maskOf } from '../../../shared/world/dereth/item-slots.ts'
import { spellOf } from '../../../shared/world/dereth/spells.ts'
import { RATINGS, type Candidate, type Rating } from './candidate.ts'
import { wardrobeOf } from './wardrobe.ts'

/** More items of one server than this are not looked through. */
const MAX_CANDIDATES = 100_000
/**
 * No item has more: higher reported values are capped here, so that points stay within what the solver counts exactly.
 */
const MAX_ARMOR = 5_000
const MAX_RATING = 100
const MAX_LEVEL = 1_000

const WEARABLE = maskOf([
  'HEAD',
  'SHIRT',
  'UNDERWEAR_UPPER_ARMS',
  'UNDERWEAR_LOWER_ARMS',
  'HANDS',
  'PANTS',
  'UNDERWEAR_LOWER_LEGS',
  'FEET',
  'CHEST',
  'ABDOMEN',
  'UPPER_ARMS',
  'LOWER_ARMS',
  'UPPER_LEGS',
  'LOWER_LEGS',
  'NECK',
  'LEFT_WRIST',
  'RIGHT_WRIST',
  'LEFT_FINGER',
  'RIGHT_FINGER',
  'TRINKET',
  'CLOAK',
])

const RATING_COLUMNS: Record<Rating, string> = {
  DAMAGE: 'damage_rating',
  DAMAGE_RESIST: 'damage_resist_rating',
  CRIT: 'crit_rating',
  CRIT_RESIST: 'crit_resist_rating',
  CRIT_DAMAGE: 'crit_damage_rating',
  CRIT_DAMAGE_RESIST: 'crit_damage_resist_rating',
  HEAL_BOOST: 'heal_boost_rating',
  VITALITY: 'vitality_rating',
}

type Row = { [R in Rating]: number | null } & {
  gameId: number
  name: string | null
  owner: string
  equipped: boolean
  slots: number
  loot: boolean
  armor: number | null
  setId: number | null
  spells: number[]
  level: number | null
}

/**
 * The items of one game server that could be part of a suit, of any holder: one statement along the key of the facts.
 */
export async function readCandidates(pool: Pool, server: string): Promise<Candidate[]> {
  const ratings = RATINGS.map((rating) => `f.${RATING_COLUMNS[rating]} as "${rating}"`).join(', ')
  const { rows } = await pool.query<Row>(
    `select f.game_id as "gameId", f.name, c.name as owner, f.wielded_location is not null as equipped, f.slots,
      f.material > 0 as loot,
       f.base_armor_level as armor, f.set_id as "setId", f.spells, ${ratings},
       greatest(case when f.wield_kind = 7 then f.wield_value end, case when f.wield2_kind = 7
         then f.wield2_value end) as level
     from item_facts f join characters c on c.id = f.character_id
     where f.server = $1 and f.slots & ${WEARABLE} <> 0 order by f.game_id limit ${MAX_CANDIDATES}`,
    [server],
  )
  return rows.map((row) => candidateOf(server, row))
}

function candidateOf(server: string, row: Row): Candidate {
  const { gameId, name, owner, equipped, slots, loot, armor, setId, spells, level } = row
  const ratings: Partial<Record<Rating, number>> = {}
  for (const rating of RATINGS) {
    const value = row[rating]
    if (value !== null && value > 0) ratings[rating] = Math.min(value, MAX_RATING)
  }
  return {
    id: `${server}:${gameId}`,
    name: name ?? String(gameId),
    owner,
    equipped,
    slots,
    loot: loot ?? false,
    armorLevel: Math.max(-MAX_ARMOR, Math.min(MAX_ARMOR, armor ?? 0)),
    setId,
    cantrips: spells.flatMap((id) => {
      const spell = spellOf(id)
      return spell?.tier ? [{ family: spell.family, tier: spell.tier }] : []
    }),
    ratings,
    wieldLevel: Math.max(0, Math.min(MAX_LEVEL, level ?? 0)),
  }
}

/** Keeps the candidates of the server asked for last, for as long as no inventory changes. */
export class CandidateStore {
  private readonly pool: Pool
  private kept: { server: string; version: string; candidates: readonly Candidate[] } | null = null

  constructor(pool: Pool) {
    this.pool = pool
  }

  async of(server: string): Promise<readonly Candidate[]> {
    // Read first: what changes in between is read twice rather than never.
    const version = await this.version()
    if (this.kept?.server === server && this.kept.version === version) return this.kept.candidates
    const candidates = await readCandidates(this.pool, server)
    wardrobeOf(candidates) // kept as long as they are
    this.kept = { server, version, candidates }
    return candidates
  }

  /**
   * Changes with every change of any inventory: a few hundred rows. A sum, since moments need not come in their order.
   */
  private async version(): Promise<string> {
    const { rows } = await this.pool.query<{ version: string }>(
      "select count(*) || ' ' || coalesce(sum(extract(epoch from changed_at)), 0) as version from inventories",
    )
    return rows[0]!.version
  }
}
