import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { readId } from '../item/store.ts'

/** A while during which one character held an item at one place. */
export interface StayRow {
  id: number
  server: string
  gameId: number
  owner: string | null
  since: string
  /** Null while it lasts. */
  until: string | null
  containerId: number | null
  wieldedLocation: number | null
  stack: number | null
}

export type StayPage = CountedPage<StayRow>

/** What one character held at a moment. */
export interface InventorySnapshotRow {
  character: string
  at: string
  itemCount: number
}

const COLUMNS = `s.id, s.server, s.game_id as "gameId", c.name as owner, s.since, nullif(s.until, 'infinity') as until,
  s.container_id as "containerId",
  s.wielded_location as "wieldedLocation", s.stack`

/**
 * A page of an item's stays, newest first, one more than asked for when more follow: of many items in one statement.
 */
export function stayLoaders(pool: Pool): (item: string, page: Page) => Promise<StayRow[]> {
  const loaders = new Map<string, DataLoader<string, StayRow[]>>()
  const loaderOf = ({ first, after }: Page) => {
    const before = readCursor(after, 1)?.[0] ?? null
    return new DataLoader<string, StayRow[]>(async (ids) => {
      const keys = ids.map((id) => readId(id)!)
      const { rows } = await pool.query<StayRow & { nth: number }>(
        `select k.nth, ${COLUMNS} from unnest($1::text[], $2::bigint[]) with ordinality as k(server, game_id, nth)
         cross join lateral (select * from item_stays s where s.server = k.server and s.game_id = k.game_id
         and ($3::bigint is null or s.id < $3)
           order by s.id desc limit $4) s
         left join characters c on c.id = s.character_id order by s.id desc`,
        [keys.map((key) => key.server), keys.map((key) => key.gameId), before, first + 1],
      )
      return ids.map((_, i) => rows.filter((row) => row.nth === i + 1))
    })
  }
  return (item, page) => {
    const key = JSON.stringify(page)
    let loader = loaders.get(key)
    if (!loader) loaders.set(key, (loader = loaderOf(page)))
    return loader.load(item)
  }
}

/** How many stays are known of items: one statement, however many items. */
export function stayCountLoader(pool: Pool) {
  return new DataLoader<string, number>(async (ids) => {
    const keys = ids.map((id) => readId(id)!)
    const { rows } = await pool.query<{ nth: number; count: number }>(
      `select k.nth, count(s.id) as count from unnest($1::text[], $2::bigint[]) with ordinality as k(server, game_id,
        nth)
       left join item_stays s on s.server = k.server and s.game_id = k.game_id group by k.nth order by k.nth`,
      [keys.map((key) => key.server), keys.map((key) => key.gameId)],
    )
    return rows.map(({ count }) => count)
  })
}

interface HolderAt {
  character: string
  at: string
}
const HELD = 's.since <= $2 and s.until > $2'

/** How many items characters held at given moments; null if none. One statement per moment. */
export function thenLoader(pool: Pool) {
  return new DataLoader<HolderAt, InventorySnapshotRow | null, string>(
    async (keys) => {
      const found = new Map<string, InventorySnapshotRow>()
      for (const at of new Set(keys.map((key) => key.at))) {
        const names = keys.filter((key) => key.at === at).map((key) => key.character)
        const { rows } = await pool.query<{ character: string; itemCount: number }>(
          `select c.name as character, count(*) as "itemCount" from item_stays s
            join characters c on c.id = s.character_id
           where c.name = any($1) and ${HELD} group by c.name`,
          [names, at],
        )
        for (const row of rows) found.set(`${at} ${row.character}`, { ...row, at })
      }
      return keys.map(({ character, at }) => found.get(`${at} ${character}`) ?? null)
    },
    { cacheKeyFn: ({ character, at }) => `${at} ${character}` },
  )
}

/**
 * A page of what characters held at a moment, by id, one more than asked for when more follow: one statement a page and
 * moment.
 */
export function heldLoaders(pool: Pool): (holder: HolderAt, page: Page) => Promise<StayRow[]> {
  const loaders = new Map<string, DataLoader<string, StayRow[]>>()
  const loaderOf = (at: string, { first, after }: Page) => {
    const [server, gameId, id] = readCursor(after, 3) ?? [null, null, null]
    return new DataLoader<string, StayRow[]>(async (names) => {
      const { rows } = await pool.query<StayRow>(
        `select ${COLUMNS} from characters c cross join lateral (select * from item_stays s where s.character_id = c.id
          and ${HELD}
           and ($3::text is null or (s.server, s.game_id, s.id) > ($3, $4::bigint, $5::bigint))
           order by s.server, s.game_id, s.id limit $6) s
         where c.name = any($1) order by s.server, s.game_id, s.id`,
        [names, at, server, gameId, id, first + 1],
      )
      return names.map((name) => rows.filter((row) => row.owner === name))
    })
  }
  return ({ character, at }, page) => {
    const key = JSON.stringify([at, page])
    let loader = loaders.get(key)
    if (!loader) loaders.set(key, (loader = loaderOf(at, page)))
    return loader.load(character)
  }
}
