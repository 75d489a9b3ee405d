import { LegacyApiTrailsDocument } from './trails.query.gen.ts'
import { z } from 'zod'
import { endpoint, wholeNumber } from './endpoint.ts'
import { isoformat, moment } from './moment.ts'

export const trails = endpoint({
  path: '/trails',
  family: 'Live',
  says: 'The ways characters came, by character and time: at most 900 points of each.',
  query: z.object({ seconds: wholeNumber('How far back, in seconds.', 600, 1, 3_600) }),
  answer: z.object({
    trails: z.array(
      z.object({
        timestamp: moment,
        character_name: z.string(),
        ew: z.number().describe('East (+) or west (-), in map units.'),
        ns: z.number().describe('North (+) or south (-), in map units.'),
        z: z.number().nullable().describe('Height, in map units.'),
      }),
    ),
  }),
  async run({ query }, ask) {
    const { trails } = await ask(LegacyApiTrailsDocument, query)
    return {
      trails: trails.flatMap(({ character, points }) =>
        points.map(({ at, ew, ns, z }) => ({ timestamp: isoformat(at), character_name: character.name, ew, ns, z })),
      ),
    }
  },
})
