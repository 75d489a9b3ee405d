import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { objectClassNumber } from '../../../shared/world/dereth/object-class.ts'
import { ITEM_COLUMNS, type ItemRow } from '../item/store.ts'
import { fillOf, packTree, type Container, type Contents } from './tree.ts'

const CONTAINER = objectClassNumber('Container')!
/** Far more than a character can carry. */
const MAX_PACKS = 200

/** The containers of characters as trees: two statements, however many characters. */
export const packLoader = (pool: Pool) => new DataLoader<string, Container>((names) => packTrees(pool, names))

/** The tree of each named character, in their order. */
async function packTrees(pool: Pool, names: readonly string[]): Promise<Container[]> {
  const [packs, contents] = await Promise.all([
    pool.query<ItemRow>(
      `select ${ITEM_COLUMNS} from characters c cross join lateral (
           select f.* from item_facts f where f.character_id = c.id and f.object_class = ${CONTAINER}
           and f.wielded_location is null
           order by f.server, f.game_id limit ${MAX_PACKS}) f
         where c.name = any($1) order by f.server, f.game_id`,
      [names],
    ),
    pool.query<Contents & { owner: string }>(
      `select c.name as owner, f.container_id as "containerId", f.wielded_location is not null as worn, count(*),
        coalesce(sum(f.burden), 0)::bigint as burden
         from item_facts f join characters c on c.id = f.character_id
         where c.name = any($1) and (f.object_class is distinct from ${CONTAINER} or f.wielded_location is not null)
         group by 1, 2, 3`,
      [names],
    ),
  ])
  return names.map((name) =>
    packTree(
      packs.rows.filter(({ owner }) => owner === name),
      contents.rows.filter(({ owner }) => owner === name),
    ),
  )
}

/** One container of a character. */
export interface PackRow {
  character: string
  container: Container
}

interface PackWhere {
  characters: readonly string[] | null
  kinds: readonly Container['kind'][] | null
  fill: { min?: number | null | undefined; max?: number | null | undefined } | null
}

const flat = (container: Container): Container[] => [container, ...container.containers.flatMap(flat)]

/** The packs that are so full, fullest first. */
export async function listPacks(pool: Pool, { characters, kinds, fill }: PackWhere): Promise<PackRow[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select c.name from characters c where ($1::text[] is null or c.name = any($1))
       and exists (select from item_facts f where f.character_id = c.id) order by c.name`,
    [characters],
  )
  const names = rows.map(({ name }) => name)
  const trees = await packTrees(pool, names)
  return trees
    .flatMap((tree, n) => flat(tree).map((container): PackRow => ({ character: names[n]!, container })))
    .flatMap((pack) => {
      const full = fillOf(pack.container)
      const fits =
        full !== null &&
        full >= (fill?.min ?? 0) &&
        full <= (fill?.max ?? Infinity) &&
        (!kinds || kinds.includes(pack.container.kind))
      return fits ? [{ pack, full }] : []
    })
    .sort((a, b) => b.full - a.full)
    .map(({ pack }) => pack)
}
