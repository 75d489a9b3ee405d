import { checkPage } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { readWindow } from '../history/stretch.ts'
import { timeByPlace } from './store.ts'

const MAX_ROWS = 500

export const timeSpentResolvers: Resolvers = {
  Query: {
    async timeByPlace(_, { since, until, characters, first }, { pool, privacy }) {
      checkPage({ first }, MAX_ROWS)
      const { fromS, seconds } = readWindow(
        new Date(since).toISOString(),
        (until ? new Date(until) : new Date()).toISOString(),
      )
      const wanted = { characters: await charactersNamed(pool, characters), fromS, toS: fromS + seconds }
      return (await timeByPlace(pool, privacy, wanted)).slice(0, first)
    },
  },
}
