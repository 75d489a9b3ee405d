import { z } from 'zod'
import { GraphFault } from '../../graph/fault.ts'
import { characterLink, itemLink } from '../links.ts'
import { defineTool, type ToolContext } from '../tool.ts'
import { characterName } from './fields.ts'
import { piece, pieceOf, suit, suitOf } from './suit-row.ts'
import { McpItemServersDocument, McpSuitDocument } from './suit.query.gen.ts'

const PRESETS = ['STAT_POINTS', 'ARMOR_FIRST', 'DAMAGE_FIRST', 'PUBLISHED_SCORE'] as const
/** The call ends after 25 seconds: time to wait for a turn and to read the items is left. */
const MAX_SECONDS = 18

const seconds = z.int().min(1).max(MAX_SECONDS).default(10).describe('How long it may search, in seconds.')

/** The game server of the items: the one that is named, or that of the characters named. */
async function serverOf(
  { server, characters }: { server?: string | undefined; characters?: string[] | undefined },
  { graph, signal }: ToolContext,
): Promise<string> {
  if (server !== undefined) return server
  const found = await graph.ask(McpItemServersDocument, { where: { ...(characters && { characters }) } }, signal)
  const first = found.items.nodes[0]
  if (!first) throw new GraphFault('No items are known of these characters.', 'NOT_FOUND', null)
  return first.server
}

const searching = 'searching'

export const suitBuilder = defineTool({
  name: 'suitbuilder_search',
  isSlow: true,
  title: 'Suit builder',
  description:
    'The best suit of armor and jewelry from the guild’s items, proved where time suffices. Demands: sets with so ' +
    'many ' +
    'pieces, cantrips, armor. One row; `conflict` says which demands do not go together.',
  input: {
    characters: z.array(characterName).min(1).max(100).optional().describe('Only items that these hold.'),
    wearer: characterName.optional().describe('Who will wear it; what it may not wear is left out.'),
    sets: z
      .array(z.strictObject({ name: z.string().max(100), pieces: z.int().min(0).max(9) }))
      .max(5)
      .default([])
      .describe('Equipment sets, for example Adept’s Set, with so many pieces at least.'),
    spells: z
      .array(
        z.strictObject({
          name: z.string().max(100),
          at_least: z.enum(['MINOR', 'MAJOR', 'EPIC', 'LEGENDARY']).default('LEGENDARY'),
          required: z.boolean().default(false),
        }),
      )
      .max(20)
      .default([])
      .describe('Cantrips wanted, by family, for example Focus.'),
    preset: z.enum(PRESETS).default('STAT_POINTS').describe('What counts.'),
    server: z.string().max(100).optional(),
    seconds,
  },
  row: {
    status: z.string().nullable(),
    suit: suit.nullable(),
    best_possible: z.number().nullable(),
    candidates: z.number().nullable(),
    conflict: z.array(z.record(z.string(), z.unknown())).nullable(),
  },
  async run(input, context) {
    const { characters, wearer, sets, spells, preset } = input
    context.progress(0, undefined, searching)
    const server = await serverOf(input, context)
    const answer = await context.graph.ask(
      McpSuitDocument,
      {
        input: {
          server,
          preset,
          timeLimitSeconds: input.seconds,
          ...(characters && { characters }),
          ...(wearer !== undefined && { wearer }),
          sets: sets.map(({ name, pieces }) => ({ setName: name, pieces })),
          spells: spells.map(({ name, at_least, required }) => ({ name, atLeast: at_least, required })),
        },
      },
      context.signal,
    )
    const found = answer.suit
    const row = {
      status: found.status,
      suit: found.suit && suitOf(found.suit),
      best_possible: found.bound,
      candidates: found.candidateCount,
      conflict:
        found.conflict &&
        found.conflict.demands.map((demand) =>
          Object.fromEntries(Object.entries(demand).filter(([, value]) => value !== null)),
        ),
    }
    const note = found.status === 'STOPPED' ? 'Time was up: a better suit may exist, up to best_possible.' : undefined
    return { rows: [row], total: 1, ...(note && { note }) }
  },
  links: ({ suit }) => (suit?.pieces ?? []).map(({ id, name }) => itemLink(id, name)),
})

export const upgradeAdvice = defineTool({
  name: 'get_upgrade_advice',
  isSlow: true,
  title: 'Upgrade advice',
  description: 'The single items of the guild that would improve what a character wears now, most gain first.',
  input: {
    character: characterName,
    from: z.array(characterName).min(1).max(100).optional().describe('Only items that these hold.'),
    preset: z.enum(PRESETS).default('STAT_POINTS').describe('What counts.'),
    count: z.int().min(1).max(50).default(10),
    seconds,
  },
  row: {
    gain: z.number(),
    put_on: piece,
    take_off: z.array(piece),
  },
  async run({ character, from, preset, count, seconds: timeLimitSeconds }, context) {
    context.progress(0, undefined, searching)
    const server = await serverOf({ characters: [character] }, context)
    const answer = await context.graph.ask(
      McpSuitDocument,
      {
        input: {
          server,
          preset,
          timeLimitSeconds,
          wearer: character,
          swaps: count,
          ...(from && { characters: [...new Set([character, ...from])] }),
        },
      },
      context.signal,
    )
    const worn = answer.suit.worn
    const rows = (worn?.swaps ?? []).map(({ gain, on, off }) => ({
      gain: Math.round(gain * 10) / 10,
      put_on: pieceOf(on),
      take_off: off.map(pieceOf),
    }))
    const note = worn
      ? `What is worn now is worth ${Math.round(worn.suit.score.total)} points.`
      : 'What is worn is not known.'
    return { rows, total: rows.length, note }
  },
  links: ({ put_on }) => [itemLink(put_on.id, put_on.name), characterLink(put_on.owner)],
})
