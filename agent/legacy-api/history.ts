import { LegacyApiHistoryDocument } from './history.query.gen.ts'
import { z } from 'zod'
import { allPages, Refusal } from './ask.ts'
import { endpoint, wholeNumber } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'

interface Node {
  name: string
  history: {
    telemetry: { at: string[]; kills: { last: (number | null)[] }; killsPerHour: { last: (number | null)[] } } | null
  } | null
}

const DAY_MS = 86_400_000
/** What the graph answers of at once. */
const MAX_DAYS = 400
const MAX_CHARACTERS = 1_000
const MAX_POINTS = 500
const at = (says: string) =>
  z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), 'must be a moment, such as 2026-06-20T18:00:00Z')
    .optional()
    .describe(says)

export const history = endpoint({
  path: '/history',
  family: 'Live',
  says:
    'How the hunts of characters went, a row for each stretch in which telemetry came: of at most ' +
    `${MAX_CHARACTERS} characters, oldest first.`,
  query: z.object({
    from: at('Since when; a day before `to` if left out. At most 400 days.'),
    to: at('Until when; now if left out.'),
    points: wholeNumber('Rows a character at most; how long a stretch is follows from it.', 100, 1, MAX_POINTS),
  }),
  answer: z.object({
    data: z.array(
      z.object({
        timestamp: moment.describe('When the stretch begins, by our clock.'),
        character_name: z.string(),
        kills: z.number().nullable().describe('Kills of its session, as last reported in the interval.'),
        kills_per_hour: z
          .number()
          .nullable()
          .describe('Kills per hour of its session, as last reported in the interval.'),
      }),
    ),
  }),
  async run({ query }, ask) {
    const to = query.to === undefined ? Date.now() : Date.parse(query.to)
    const from = query.from === undefined ? to - DAY_MS : Date.parse(query.from)
    if (to - from > MAX_DAYS * DAY_MS || to <= from)
      throw new Refusal('BAD_USER_INPUT', `\`from\`: before \`to\`, by at most ${MAX_DAYS} days.`)
    const stretch = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: query.points }
    const nodes = await allPages<Node>(
      MAX_CHARACTERS,
      async (after) => (await ask(LegacyApiHistoryDocument, { ...stretch, after })).characters,
    )
    const rows = nodes.flatMap(({ name, history }) => {
      const { at = [], kills, killsPerHour } = history?.telemetry ?? {}
      return at.map((moment, nth) => ({
        timestamp: isoformat(moment),
        character_name: name,
        kills: kills!.last[nth] ?? null,
        kills_per_hour: killsPerHour!.last[nth] ?? null,
      }))
    })
    return { data: rows.sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1)) }
  },
})
