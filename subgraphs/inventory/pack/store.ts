import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { objectClassNumber } from '../../../shared/world/dereth/object-class.ts'
import { ITEM_COLUMNS, type ItemRow } from '../item/store.ts'
import { packTree, type Container, type Contents } from './tree.ts'

const CONTAINER = objectClassNumber('Container')!
/** Far more than a character can carry. */
const MAX_PACKS = 200

/** The containers of characters as trees: two statements, however many characters. */
export function packLoader(pool: Pool) {
  return new DataLoader<string, Container>(async (names) => {
    const [packs, contents] = await Promise.all([
      pool.query<ItemRow>(
        `select ${ITEM_COLUMNS} from characters c cross join lateral (
           select f.* from item_facts f where f.character_id = c.id and f.object_class = ${CONTAINER} and f.wielded_location is null
           order by f.server, f.game_id limit ${MAX_PACKS}) f
         where c.name = any($1) order by f.server, f.game_id`,
        [names],
      ),
      pool.query<Contents & { owner: string }>(
        `select c.name as owner, f.container_id as "containerId", f.wielded_location is not null as worn, count(*), coalesce(sum(f.burden), 0)::bigint as burden
         from item_facts f join characters c on c.id = f.character_id
         where c.name = any($1) and (f.object_class is distinct from ${CONTAINER} or f.wielded_location is not null) group by 1, 2, 3`,
        [names],
      ),
    ])
    return names.map((name) =>
      packTree(
        packs.rows.filter(({ owner }) => owner === name),
        contents.rows.filter(({ owner }) => owner === name),
      ),
    )
  })
}
