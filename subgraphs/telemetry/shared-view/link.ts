// The view of a link, as the guild subgraph stored it (subgraphs/guild/view-link/view.ts).
import { coerceInputValue, type GraphQLInputType, type GraphQLSchema } from 'graphql'
import { fault } from '../../../shared/errors.ts'
import { kept, type Pool } from '../../../shared/db/pool.ts'
import { writeCursor } from '../../../shared/serve/connection.ts'
import { withStoredSubject, type Asker } from '../place/subject.ts'
import { checkDoing } from '../character/doing.ts'
import { listCharacters, type CharacterWhere } from '../character/store.ts'
import type { Context } from '../context.ts'

/** A view, its link's end and its maker. */
export interface SharedView {
  ew: number
  ns: number
  across: number
  selected: string | null
  following: boolean
  layers: string[]
  colouring: string
  moment: string | null
  hidesOthers: boolean
  filters: { colour: string; where: unknown }[]
  endsAt: string
  maker: string
}

/** The view of the link that a visitor came by. @throws UNAUTHENTICATED once it has ended */
export async function viewOf({ pool, viewer }: Pick<Context, 'pool' | 'viewer'>): Promise<SharedView> {
  const { rows } = await pool.query<{ view: Omit<SharedView, 'endsAt' | 'maker'>; endsAt: string; maker: string }>(
    kept(
      `select view, ends_at as "endsAt", user_id::text as maker from view_links
       where id = $1 and ends_at > now()`,
      [viewer.id],
    ),
  )
  const [found] = rows
  if (!found) throw fault('UNAUTHENTICATED', 'This link has ended.')
  return { ...found.view, endsAt: found.endsAt, maker: found.maker }
}

/** By character, which filters find it; null for a view without filters, which shows everybody. */
export type Members = ReadonlyMap<string, number[]> | null

const PAGE_SIZE = 500

/** Who is found by which filter. One that cannot be answered finds nobody, so that it never shows everybody. */
export async function membersOf(view: SharedView, context: Context, schema: GraphQLSchema): Promise<Members> {
  if (view.filters.length === 0) return null
  const members = new Map<string, number[]>()
  const type = schema.getType('CharacterWhere') as GraphQLInputType
  // What characters keep hidden is hidden from the visitor; `mine` are those of the maker.
  const asker = { viewer: { ...context.viewer, kind: 'user', id: view.maker }, privacy: context.privacy } as const
  for (const [nth, { where }] of view.filters.entries())
    for (const name of await namesOf(where, { view, type, asker, pool: context.pool }))
      members.set(name, [...(members.get(name) ?? []), nth])
  return members
}

async function namesOf(
  given: unknown,
  { view, type, asker, pool }: { view: SharedView; type: GraphQLInputType; asker: Asker; pool: Pool },
): Promise<string[]> {
  const where = readWhere(given, type)
  if (!where || (view.moment && where.near)) return []
  try {
    checkDoing(where, view.moment)
    const filter = await withStoredSubject(pool, { ...where, characters: where.names })
    const names: string[] = []
    for (let after: string | null = null; ;) {
      const { rows } = await listCharacters(pool, filter, { first: PAGE_SIZE, after }, view.moment, asker)
      const page = rows.slice(0, PAGE_SIZE).map(({ name }) => name)
      names.push(...page)
      if (rows.length <= PAGE_SIZE) return names
      after = writeCursor([page.at(-1)!])
    }
  } catch (error) {
    // A name or a group that is no longer known.
    if (error instanceof Error && 'extensions' in error) return []
    throw error
  }
}

function readWhere(given: unknown, type: GraphQLInputType): (CharacterWhere & { names?: string[] | null }) | null {
  let isRead = true
  const where = coerceInputValue(given, type, () => (isRead = false)) as CharacterWhere
  return isRead ? where : null
}
