import { fault } from '../../../shared/errors.ts'
import { checkPage } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { leaderboard } from './store.ts'

const MAX_PAGE_SIZE = 500
const MAX_HOURS = 720

export const leaderboardResolvers: Resolvers = {
  Query: {
    async leaderboard(_, { metric, hours, characters, first }, { pool }) {
      checkPage({ first }, MAX_PAGE_SIZE)
      if (hours != null && (hours < 1 || hours > MAX_HOURS))
        throw fault('BAD_USER_INPUT', `\`hours\` must be 1 to ${MAX_HOURS}, or left out for whole lives.`)
      return leaderboard(pool, metric, {
        hours: hours ?? null,
        characters: await charactersNamed(pool, characters),
        first,
      })
    },
  },
  LeaderboardPlace: { character: ({ character }) => ({ name: character }) },
}
