// Which characters rows are about, and where they were: what several filters have in common.
import { nearCondition, type Condition } from '../../../shared/access/conditions.ts'
import type { Privacy } from '../../../shared/access/privacy.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { charactersNamed, unknownName } from '../../../shared/serve/known-names.ts'
import { checkNear, type Near } from './near.ts'

export interface SubjectWhere {
  characters?: readonly string[] | null | undefined
  tags?: readonly string[] | null | undefined
  mine?: boolean | null | undefined
  near?: Near | null | undefined
}

/** Who asks, and what they may see. */
export interface Asker {
  viewer: Viewer
  privacy: Privacy
}

/** How many values a condition has. */
export const SUBJECT_VALUES = 7

/**
 * The condition on rows about characters `c`.
 * @param columns with the place of the row
 * @param first number of its first placeholder
 */
export function subjectCondition(
  { characters, tags, mine, near }: SubjectWhere,
  { viewer, privacy }: Asker,
  columns: { ew: string; ns: string },
  first: number,
): Condition {
  const [names, groups, own, owner] = [first, first + 1, first + 2, first + 3].map((at) => `$${at}`)
  const within = nearCondition(privacy, checkNear(near), { ...columns, character: 'c.name' }, first + 4)
  return {
    text: `(${names}::text[] is null or c.name = any(${names}))
      and (${groups}::text[] is null or lower(c.tag) = any(${groups}))
      and (${own}::boolean is null or (c.name is not null and ${own} = exists (
        select from character_settings s where s.name = c.name and s.owner_id::text = ${owner})))
      and ${within.text}`,
    values: [
      characters ?? null,
      tags?.map((tag) => tag.toLowerCase()) ?? null,
      mine ?? null,
      viewer.kind === 'user' ? viewer.id : null,
      ...within.values,
    ],
  }
}

/** The same filter with stored names. Throws NOT_FOUND with the nearest for a character or group that is unknown. */
export async function withStoredSubject<W extends SubjectWhere>(pool: Pool, where: W | null | undefined): Promise<W> {
  if (where?.tags) await checkTags(pool, where.tags)
  return { ...where, characters: await charactersNamed(pool, where?.characters) } as W
}

async function checkTags(pool: Pool, tags: readonly string[]): Promise<void> {
  const { rows } = await pool.query<{ tag: string }>(
    'select distinct tag from characters where tag is not null order by tag',
  )
  const known = rows.map(({ tag }) => tag)
  const lower = new Set(known.map((tag) => tag.toLowerCase()))
  const unknown = tags.filter((tag) => !lower.has(tag.toLowerCase()))
  if (unknown.length) throw unknownName('group of characters', unknown, known)
}

/** Whether a filter asks for what only the stored row can answer, and not its event. */
export const needsStore = ({ tags, mine, near }: SubjectWhere): boolean => !!tags || mine != null || !!near
