import type { SuitInput, SuitPlace, SuitTier } from '../graph/generated/types.ts'
import { LegacyApiSuitsDocument } from './suits.subscription.gen.ts'
// The original's suit builder, over the graph's: its score, its events as the search goes.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Refusal, unlessUnknown, type Ask } from './ask.ts'
import { LegacyApiItemSearchDocument } from './item-search.query.gen.ts'
import { knownAmong, listOfOwners } from './inventory.ts'
import { listOfSets } from './item-search.ts'
import { suitEvents } from './suit-events.ts'

const MAX_NAMES = 500
/** The original searched for five pieces of the first set and four of the second. */
const PRIMARY = 5
const SECONDARY = 4
const MISSING = -200
const WHOLE = 1_000

/** The original's slots, by what the graph calls their places. */
const SLOTS: Readonly<Record<string, SuitPlace>> = {
  head: 'HEAD',
  chest: 'CHEST',
  abdomen: 'ABDOMEN',
  'upper arms': 'UPPER_ARMS',
  'lower arms': 'LOWER_ARMS',
  hands: 'HANDS',
  'upper legs': 'UPPER_LEGS',
  'lower legs': 'LOWER_LEGS',
  feet: 'FEET',
  shirt: 'SHIRT',
  pants: 'PANTS',
  neck: 'NECK',
  'left wrist': 'WRIST',
  'right wrist': 'WRIST',
  'left ring': 'FINGER',
  'right ring': 'FINGER',
  trinket: 'TRINKET',
}
const slotOf = (name: string): SuitPlace | undefined => SLOTS[name.toLowerCase().replaceAll('_', ' ')]

const set = (says: string) =>
  z
    .union([z.int(), z.string().max(100)])
    .nullish()
    .describe(says)
const locked = z.object({
  item_id: z
    .union([z.int(), z.string().max(100)])
    .nullish()
    .describe('The item, by its game id or ours; left out where only what it brings is known.'),
  set_id: set('Without an item: the set its piece counts for.'),
  spells: z.array(z.string().max(100)).max(20).nullish().describe('Without an item: the cantrips it brings, by name.'),
})
const body = z.object({
  server: z.string().max(100).default('Coldeve').describe('The game server whose items are chosen from.'),
  characters: z.array(z.string().max(100)).max(MAX_NAMES).optional().describe('Only what these hold.'),
  primary_set: set('The set of which five pieces are wanted, by number or name.'),
  secondary_set: set('The set of which four pieces are wanted, by number or name.'),
  required_spells: z.array(z.string().max(100)).max(40).default([]).describe('Cantrips that are wanted, by name.'),
  locked_slots: z
    .record(
      z.string().refine((name) => slotOf(name) !== undefined, 'is none of the 17 slots'),
      locked,
    )
    .default({})
    .describe(
      'What stays, by slot: `{"Left Wrist": {"item_id": 1234}}`, or by what is known of it: `{"Head": {"set_id": ' +
        '14, "spells": ["Legendary Focus"]}}`. Sets and spells count; nothing else is looked for there.',
    ),
  allowed_crit_damage: z
    .array(z.int().min(0).max(2))
    .max(3)
    .optional()
    .describe('Critical damage ratings armor may have.'),
  max_results: z.int().min(1).max(10).default(10).describe('At most so many suits.'),
  time_limit: z.int().min(1).max(60).default(20).describe('Seconds.'),
})

const setInput = (named: number | string | null | undefined, pieces: number) =>
  named == null
    ? []
    : [
        {
          ...(typeof named === 'number' ? { setId: named } : { setName: named }),
          points: Array.from({ length: pieces + 1 }, (_, worn) =>
            worn === pieces ? WHOLE : MISSING * (pieces - worn),
          ),
        },
      ]

/** Game ids are signed 32-bit numbers in some clients. */
const idOf = (server: string, id: number | string): string => (typeof id === 'number' ? `${server}:${id >>> 0}` : id)

/** Of cantrips the original knew the legendary ones alone: a name without a tier means that. */
const TIER = /^(minor|major|epic|legendary) /i

/** A slot that is locked with no item named: a piece that brings a set and spells. */
const givenAt = (slot: string, { set_id: set, spells }: z.output<typeof locked>) => ({
  name: slot,
  places: [slotOf(slot)!],
  ...(set == null ? {} : typeof set === 'number' ? { setId: set } : { setName: set }),
  cantrips: (spells ?? []).map((name) => ({
    name,
    tier: (TIER.exec(name)?.[1]?.toUpperCase() ?? 'LEGENDARY') as SuitTier,
  })),
})

function inputOf(asked: z.output<typeof body>): SuitInput {
  const { server, characters, allowed_crit_damage: critDamage } = asked
  return {
    server,
    ...(characters?.length ? { characters } : {}),
    sets: [...setInput(asked.primary_set, PRIMARY), ...setInput(asked.secondary_set, SECONDARY)],
    spells: asked.required_spells.map((name) => ({ name })),
    locked: Object.values(asked.locked_slots).flatMap(({ item_id: id }) =>
      id == null ? [] : [{ item: idOf(server, id) }],
    ),
    fixedPieces: Object.entries(asked.locked_slots).flatMap(([slot, one]) =>
      one.item_id == null ? [givenAt(slot, one)] : [],
    ),
    ...(critDamage ? { critDamage } : {}),
    preset: 'PUBLISHED_SCORE',
    alternatives: asked.max_results - 1,
    differBy: 1,
    timeLimitSeconds: asked.time_limit,
  }
}

/**
 * The same wishes with what the graph knows: it refuses a character or a game server that does not exist, of which the
 * original had no items.
 */
async function narrowed(ask: Ask, input: SuitInput): Promise<SuitInput> {
  const { items } = await ask(LegacyApiItemSearchDocument, { first: 1 })
  const ofServer = await unlessUnknown(ask(LegacyApiItemSearchDocument, { where: { server: input.server }, first: 0 }))
  if (!ofServer) return { ...input, server: items.nodes[0]?.server ?? input.server, characters: [] }
  return { ...input, characters: await knownAmong(ask, input.characters ?? []) }
}

export const searchSuits = endpoint({
  method: 'POST',
  path: '/suitbuilder/search',
  family: 'Suits',
  says:
    'The best suits by the score the original published, as the search goes. Events: `phase`; `log`; `suit` for ' +
    'each better one (rank 1) and for each further one (ranks 2 to 10); `progress` with what is still possible; ' +
    '`complete` with the proof. Who goes away ends it.',
  body,
  media: 'text/event-stream',
  answer: z.string(),
  run: async ({ body: asked }, ask, follow) => {
    const input = inputOf(asked)
    const news = await follow(LegacyApiSuitsDocument, { input }).catch(async (error: unknown) => {
      if (!(error instanceof Refusal) || error.code !== 'NOT_FOUND') throw error
      return follow(LegacyApiSuitsDocument, { input: await narrowed(ask, input) })
    })
    return suitEvents(news)
  },
})

export const suitCharacters = listOfOwners('/suitbuilder/characters', 'Suits')
export const suitSets = listOfSets('/suitbuilder/sets', 'Suits')
