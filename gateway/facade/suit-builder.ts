// The original's suit builder, over the graph's: its score, its events.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'

const MOST_NAMES = 500
/** The original searched for five pieces of the first set and four of the second. */
const PRIMARY = 5
const SECONDARY = 4
const MISSING = -200
const WHOLE = 1_000

const SUIT = 'score { floored } pieces { itemId item { fullName setName } owner { name } places tailored points pack }'
const DOCUMENT = `query FacadeSuits($input: SuitInput!) { suit(input: $input) {
  status bound nodes candidates elapsed suit { ${SUIT} } alternatives { suit { ${SUIT} } } conflict { demands { text } } } }`
interface Suit {
  score: { floored: number }
  pieces: {
    itemId: string
    item: { fullName: string | null; setName: string | null } | null
    owner: { name: string }
    places: string[]
    tailored: boolean
    points: number
    pack: string | null
  }[]
}
interface Answer {
  suit: {
    status: string
    bound: number | null
    nodes: number | null
    candidates: number | null
    elapsed: number
    suit: Suit | null
    alternatives: { suit: Suit }[]
    conflict: { demands: { text: string }[] } | null
  }
}

const set = (says: string) =>
  z
    .union([z.int(), z.string().max(100)])
    .nullish()
    .describe(says)
const body = z.object({
  server: z.string().max(100).default('Coldeve').describe('The game server whose items are chosen from.'),
  characters: z.array(z.string().max(100)).max(MOST_NAMES).optional().describe('Only what these hold.'),
  primary_set: set('The set of which five pieces are wanted, by number or name.'),
  secondary_set: set('The set of which four pieces are wanted, by number or name.'),
  required_spells: z.array(z.string().max(100)).max(40).default([]).describe('Cantrips that are wanted, by name.'),
  allowed_crit_damage: z.array(z.int().min(0).max(2)).max(3).optional().describe('Critical damage ratings armor may have.'), // prettier-ignore
  max_results: z.int().min(1).max(10).default(10).describe('At most so many suits.'),
  time_limit: z.int().min(1).max(20).default(20).describe('Seconds.'),
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

const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

const suitEvent = ({ score, pieces }: Suit, rank: number): string =>
  event('suit', {
    rank,
    score: score.floored,
    items: pieces.map(({ itemId, item, owner, places, tailored, points, pack }) => ({
      item_id: itemId,
      name: item?.fullName ?? null,
      character_name: owner.name,
      set_name: item?.setName ?? null,
      slots: places,
      tailored,
      points,
      pack,
    })),
  })

export const searchSuits = endpoint({
  method: 'POST',
  path: '/suitbuilder/search',
  family: 'Inventory',
  says: 'The best suits by the score the original published, as its events: `suit` for each, the best first, then `complete` with the proof. Sent once all is known; the graph’s `suitSearch` tells while it searches.',
  body,
  media: 'text/event-stream',
  answer: z.string(),
  async run({ body: asked }, ask) {
    const { suit: found } = await ask<Answer>(DOCUMENT, {
      input: {
        server: asked.server,
        ...(asked.characters?.length ? { characters: asked.characters } : {}),
        sets: [...setInput(asked.primary_set, PRIMARY), ...setInput(asked.secondary_set, SECONDARY)],
        spells: asked.required_spells.map((name) => ({ name })),
        ...(asked.allowed_crit_damage ? { critDamage: asked.allowed_crit_damage } : {}),
        preset: 'PUBLISHED_SCORE',
        alternatives: asked.max_results - 1,
        differBy: 1,
        timeLimit: asked.time_limit,
      },
    })
    const suits = found.suit ? [found.suit, ...found.alternatives.map(({ suit }) => suit)] : []
    const { status, bound, nodes, candidates, elapsed, conflict } = found
    const complete = { status, suits: suits.length, bound, nodes, candidates, elapsed_ms: elapsed, conflict: conflict?.demands.map(({ text }) => text) ?? null } // prettier-ignore
    return suits.map((suit, nth) => suitEvent(suit, nth + 1)).join('') + event('complete', complete)
  },
})
