import { z } from 'zod'
import { allPages } from './ask.ts'
import { endpoint } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'

const DOCUMENT = `query FacadeHistory($after: String) { characters(first: 100, after: $after) {
  nodes { name sessions(first: 50) { nodes { lastAt kills onlineSeconds } } }
  pageInfo { endCursor hasNextPage } } }`

interface Node {
  name: string
  sessions: { nodes: { lastAt: string; kills: number; onlineSeconds: number }[] }
}

const HOUR_S = 3_600
const DAY_MS = 86_400_000
const MOST_CHARACTERS = 1_000
const at = (says: string) =>
  z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a moment, such as 2026-06-20T18:00:00Z')
    .optional()
    .describe(says)

export const history = endpoint({
  path: '/history',
  family: 'Live',
  says: 'What characters killed, a row for each session that was still played within the time asked for: of 1,000 characters the newest 50 sessions each.',
  query: z.object({ from: at('Since when; a day before `to` if left out.'), to: at('Until when; now if left out.') }),
  answer: z.object({
    data: z.array(
      z.object({
        timestamp: moment.describe('When the session was played last.'),
        character_name: z.string(),
        kills: z.number().describe('Kills of the session.'),
        kills_per_hour: z.number().nullable().describe('Kills of the session by the hours it lasted.'),
      }),
    ),
  }),
  async run({ query }, ask) {
    const to = query.to === undefined ? Date.now() : Date.parse(query.to)
    const from = query.from === undefined ? to - DAY_MS : Date.parse(query.from)
    const nodes = await allPages<Node>(
      MOST_CHARACTERS,
      async (after) => (await ask<{ characters: never }>(DOCUMENT, { after })).characters,
    )
    const rows = nodes.flatMap(({ name, sessions }) =>
      sessions.nodes
        .filter(({ lastAt }) => Date.parse(lastAt) >= from && Date.parse(lastAt) <= to)
        .map(({ lastAt, kills, onlineSeconds }) => ({
          timestamp: isoformat(lastAt),
          character_name: name,
          kills,
          kills_per_hour: onlineSeconds > 0 ? (kills * HOUR_S) / onlineSeconds : null,
        })),
    )
    return { data: rows.sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1)) }
  },
})
