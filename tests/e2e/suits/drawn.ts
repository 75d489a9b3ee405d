// Items and wishes drawn by chance, as frames send them and as the graph is asked for them.
import type { TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'
import { allSpells } from '../../../shared/world/dereth/spells.ts'
import { RATINGS, type Candidate } from '../../../subgraphs/inventory/suit/candidate.ts'
import { randomCandidates } from '../../../subgraphs/inventory/suit/testing/random.ts'
import { WISH_TIERS, type Wishes } from '../../../subgraphs/inventory/suit/wishes.ts'

const IMPENETRABILITY = 391 // changes the armor of what it is bound to
const RATING_KEYS = [370, 371, 372, 373, 374, 375, 376, 379]
const FIRST_ID = 0x60000000

const spells = [...allSpells().values()]
const cantripOf = (family: number, tier: string) =>
  spells.find((spell) => spell.family === family && spell.tier === tier)
/** Twenty families with a cantrip of every tier. */
export const FAMILIES = [...new Set(spells.map(({ family }) => family))]
  .filter((family) => family !== IMPENETRABILITY && WISH_TIERS.every((tier) => cantripOf(family, tier)))
  .slice(0, 20)

/** Candidates of a game server, with spells that there are. `who` begins the names of their owners. */
export function drawn(seed: number, count: number, server: string, owners: number): Candidate[] {
  return randomCandidates(seed, count).map((candidate, n) => ({
    ...candidate,
    id: `${server}:${FIRST_ID + n}`,
    owner: `${server} ${n % owners}`,
    cantrips: candidate.cantrips.map(({ family, tier }) => ({ family: FAMILIES[family]!, tier })),
  }))
}

function recordOf({ id, name, equipped, slots, loot, armorLevel, setId, cantrips, ratings, wieldLevel }: Candidate) {
  return {
    Id: Number(id.split(':')[1]),
    ObjectClass: 2,
    HasIdData: true,
    ContainerId: 0,
    Name: name,
    IntValues: {
      218103822: slots,
      28: armorLevel,
      ...(equipped ? { 10: slots } : {}),
      ...(loot ? { 131: 60 } : {}),
      ...(setId ? { 265: setId } : {}),
      ...(wieldLevel ? { 158: 7, 159: 1, 160: wieldLevel } : {}),
      ...Object.fromEntries(
        RATINGS.flatMap((rating, n) => (ratings[rating] ? [[RATING_KEYS[n]!, ratings[rating]]] : [])),
      ),
    },
    DoubleValues: {},
    BoolValues: {},
    StringValues: {},
    ActiveSpells: [],
    Spells: cantrips.map(({ family, tier }) => cantripOf(family, tier)!.id),
  }
}

/** Sends inventories as plugins do, and waits until all of them are stored. */
export async function send(overlord: TestOverlord, server: string, candidates: readonly Candidate[]): Promise<void> {
  const owners = [...new Set(candidates.map(({ owner }) => owner))]
  await using plugin = await overlord.plugin(owners[0])
  for (const owner of owners) {
    const items = candidates.filter((one) => one.owner === owner).map(recordOf)
    plugin.send({ type: 'full_inventory', character_name: owner, server, items })
  }
  await until('the inventories', async () => {
    const query = 'query ($c: [String!]) { items(where: { characters: $c }) { totalCount } }'
    const { data } = await overlord.graph<{ items: { totalCount: number } }>(query, { c: owners })
    return data.items.totalCount === candidates.length
  })
}

/** The same wishes as an input of the graph. */
export function inputOf(server: string, wishes: Wishes): Record<string, unknown> {
  const { sets, floors, locked, weights, ...rest } = wishes
  const { tiers, ...others } = weights
  return {
    ...rest,
    server,
    sets: sets.map(({ id, ...set }) => ({ setId: id, ...set })),
    floors: Object.entries(floors).map(([place, armor]) => ({ place, armor })),
    locked: locked.map(({ item, places }) => ({ item, places })),
    weights: { ...others, minor: tiers.MINOR, major: tiers.MAJOR, epic: tiers.EPIC, legendary: tiers.LEGENDARY },
  }
}
