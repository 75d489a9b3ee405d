import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'
import type { InventoryRow } from './rows.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { foldItems } from './fold-items.ts'
import { InventoryChanges, storeChanges } from './changes.ts'
import { putItems, takeItems, takeOthers, type ItemRecord } from './items.ts'

type Full = Extract<InventoryRow, { kind: 'full' }>

/**
 * Inventory frames in the order they came. Those that touch different items go to the database together; a second frame
 * for an item waits for the first, since its meaning depends on what is stored. Returns the events to publish after the
 * commit.
 */
export async function writeInventory(client: Client, rows: readonly InventoryRow[], ids: IdCache): Promise<Publish[]> {
  const changes = new InventoryChanges()
  const now = rows.at(-1)!.receivedAt

  for (const wave of waves(rows)) {
    const records: ItemRecord[] = wave.flatMap((row) =>
      row.kind === 'take'
        ? []
        : row.items.map((item) => ({
            item,
            server: row.server,
            characterId: ids.characterId(row.character),
            receivedAt: row.receivedAt,
            isOfFull: row.kind === 'full',
          })),
    )
    for (const { id, owner, former } of await putItems(client, records)) changes.came(id, owner, former)
    const taken = wave.flatMap((row) =>
      row.kind === 'take'
        ? [{ characterId: ids.characterId(row.character), server: row.server, gameId: row.gameId }]
        : [],
    )
    for (const { id, owner } of await takeItems(client, taken, now)) changes.left(id, owner)
    // INV16: nobody holds nothing. Right after a login the client may not know the items yet.
    const fulls = wave.filter((row) => row.kind === 'full' && row.items.length > 0) as Full[]
    const others = await Promise.all(
      fulls.map(({ character, server, items, receivedAt }) => {
        const kept = items.map((item) => item.gameId)
        return takeOthers(client, ids.characterId(character), server, kept, receivedAt)
      }),
    )
    for (const [nth, row] of fulls.entries())
      for (const id of others[nth]!) changes.left(id, ids.characterId(row.character))
  }
  const [publish] = await Promise.all([
    storeChanges(client, changes, now),
    stampInventories(client, rows, ids, changes),
  ])
  return publish
}

/**
 * Cuts the rows where an item turns up again, and where a character does beside a full inventory of its own: that
 * speaks of items it does not name. Repeated frames of one character about the same item become one, where that means
 * the same.
 */
function waves(rows: readonly InventoryRow[]): InventoryRow[][] {
  const result: InventoryRow[][] = []
  let wave: InventoryRow[] = []
  let touched = new Map<string, number>()
  /** Characters of the wave, and whether a full inventory of theirs is in it. */
  let characters = new Map<string, boolean>()
  const cut = () => {
    if (wave.length) result.push(wave)
    wave = []
    touched = new Map()
    characters = new Map()
  }
  for (const row of rows) {
    const ids = row.kind === 'take' ? [row.gameId] : row.items.map((item) => item.gameId)
    const keys = ids.map((id) => `${row.server}:${id}`)
    const again = keys.length === 1 ? touched.get(keys[0]!) : undefined
    const folded = again === undefined ? null : foldRows(wave[again]!, row)
    if (folded) {
      wave[again!] = folded
      continue
    }
    const hasFull = characters.get(row.character)
    const speaksOfUnnamed = hasFull || (row.kind === 'full' && hasFull !== undefined)
    if (speaksOfUnnamed || keys.some((key) => touched.has(key))) cut()
    wave.push(row)
    characters.set(row.character, row.kind === 'full' || characters.get(row.character) === true)
    for (const key of keys) touched.set(key, wave.length - 1)
  }
  cut()
  return result
}

function foldRows(before: InventoryRow, after: InventoryRow): InventoryRow | null {
  if (before.kind !== 'put' || after.kind !== 'put' || before.character !== after.character) return null
  const [first, second] = [before.items, after.items]
  if (first.length !== 1 || second.length !== 1) return null
  const item = foldItems(first[0]!, second[0]!)
  return item && { ...after, items: [item] }
}

/**
 * Notes when each inventory was last complete, when it changed, and since when it is stale. A frame that changed
 * nothing leaves no note.
 */
async function stampInventories(
  client: Client,
  rows: readonly InventoryRow[],
  ids: IdCache,
  changes: InventoryChanges,
): Promise<void> {
  const stamps = new Map<number, { fullAt: string | null; changedAt: string; staleAt: string | null }>()
  for (const row of rows) {
    const id = ids.characterId(row.character)
    const before = stamps.get(id)
    const { receivedAt } = row
    const fullAt = before?.fullAt ?? null
    if (row.kind === 'full' && row.items.length === 0)
      stamps.set(id, { fullAt, changedAt: before?.changedAt ?? receivedAt, staleAt: receivedAt })
    else if (row.kind === 'full') stamps.set(id, { fullAt: receivedAt, changedAt: receivedAt, staleAt: null })
    else if (changes.touched(id)) stamps.set(id, { fullAt, changedAt: receivedAt, staleAt: null })
  }
  if (!stamps.size) return
  const characters = [...stamps.keys()]
  await client.query({
    name: 'stamp inventories',
    text: `insert into inventories (character_id, full_at, changed_at, stale_at)
     select * from unnest($1::int[], $2::timestamptz[], $3::timestamptz[], $5::timestamptz[])
     on conflict (character_id) do update set full_at = coalesce(excluded.full_at, inventories.full_at),
       changed_at = case when excluded.character_id = any($4) then excluded.changed_at else inventories.changed_at end,
       stale_at = excluded.stale_at`,
    values: [
      characters,
      [...stamps.values()].map((stamp) => stamp.fullAt),
      [...stamps.values()].map((stamp) => stamp.changedAt),
      characters.filter((id) => changes.touched(id)),
      [...stamps.values()].map((stamp) => stamp.staleAt),
    ],
  })
}
