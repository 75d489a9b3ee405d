import type { Pool } from '../../../shared/db/pool.ts'
import { charactersNamed, namesOf } from '../../../shared/serve/known-names.ts'
import { serverNamed } from '../search/names.ts'
import type { JointQuestion, SuitQuestion } from './progress.ts'

/**
 * A question with the stored names of characters and game server. Throws NOT_FOUND with the nearest for unknown ones.
 */
export async function withStoredNames(pool: Pool, question: SuitQuestion): Promise<SuitQuestion> {
  const { characters, excludedCharacters, wishes } = question
  const wearer = wishes.wearer === null ? null : (await namesOf(pool, 'characters', [wishes.wearer]))[0]!
  return {
    ...question,
    server: await serverNamed(pool, question.server),
    characters: await charactersNamed(pool, characters),
    excludedCharacters: await namesOf(pool, 'characters', excludedCharacters),
    wishes: { ...wishes, wearer },
  }
}

/** The same for several suits at once. */
export const withStoredNamesOfAll = async (pool: Pool, question: JointQuestion): Promise<JointQuestion> => ({
  ...question,
  wearers: await Promise.all(
    question.wearers.map(async (one) => ({ ...one, question: await withStoredNames(pool, one.question) })),
  ),
})
