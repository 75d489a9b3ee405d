import { topic, type InventoryEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { InventoryRow, Publish } from '../outcome.ts'
import type { Dimensions } from './dimensions.ts'
import { foldItems } from './fold-items.ts'
import { putItems, takeItems, takeOthers, type ItemRecord } from './items.ts'

interface Changes {
  added: Set<string>
  updated: Set<string>
  removed: Set<string>
}

/**
 * Inventory frames in the order they came. Those that touch different items go to the database together; a second frame for
 * an item waits for the first, since what it means depends on what is there. Returns what to tell after commit.
 */
export async function writeInventory(
  client: Client,
  rows: readonly InventoryRow[],
  known: Dimensions,
): Promise<Publish[]> {
  const changes = new Map<number, Changes>()
  const now = rows.at(-1)!.receivedAt

  const changesOf = (characterId: number): Changes => {
    const there = changes.get(characterId)
    if (there) return there
    const fresh = {
      added: new Set<string>(),
      updated: new Set<string>(),
      removed: new Set<string>(),
    }
    changes.set(characterId, fresh)
    return fresh
  }
  const came = (id: string, owner: number, former: number | null) => {
    const mine = changesOf(owner)
    const wasMine = mine.removed.delete(id)
    if (former !== null && former !== owner) left(id, former)
    if (former === owner || wasMine) {
      if (!mine.added.has(id)) mine.updated.add(id)
      return
    }
    mine.added.add(id)
  }
  const left = (id: string, owner: number) => {
    const theirs = changesOf(owner)
    const cameNow = theirs.added.delete(id)
    theirs.updated.delete(id)
    if (!cameNow) theirs.removed.add(id)
  }

  for (const wave of waves(rows)) {
    const records: ItemRecord[] = wave.flatMap((row) =>
      row.kind === 'take'
        ? []
        : row.items.map((item) => ({
            item,
            server: row.server,
            characterId: known.characterId(row.character),
            receivedAt: row.receivedAt,
          })),
    )
    for (const { id, owner, former } of await putItems(client, records)) came(id, owner, former)
    const taken = wave.flatMap((row) =>
      row.kind === 'take'
        ? [{ characterId: known.characterId(row.character), server: row.server, gameId: row.gameId }]
        : [],
    )
    for (const { id, owner } of await takeItems(client, taken, now)) left(id, owner)
    for (const row of wave) {
      if (row.kind !== 'full') continue
      const characterId = known.characterId(row.character)
      for (const id of await takeOthers(
        client,
        characterId,
        row.server,
        row.items.map((item) => item.gameId),
        row.receivedAt,
      ))
        left(id, characterId)
    }
  }
  const [told] = await Promise.all([storeChanges(client, changes, now), stampInventories(client, rows, known)])
  return told
}

/**
 * Cuts the rows where an item turns up again, and around full inventories, which speak of items they do not name.
 * What one character tells again of an item it just told of becomes one telling, where that means the same.
 */
function waves(rows: readonly InventoryRow[]): InventoryRow[][] {
  const result: InventoryRow[][] = []
  let wave: InventoryRow[] = []
  let touched = new Map<string, number>()
  const cut = () => {
    if (wave.length) result.push(wave)
    wave = []
    touched = new Map()
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
    if (row.kind === 'full' || keys.some((key) => touched.has(key))) cut()
    wave.push(row)
    for (const key of keys) touched.set(key, wave.length - 1)
    if (row.kind === 'full') cut()
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

async function stampInventories(client: Client, rows: readonly InventoryRow[], known: Dimensions): Promise<void> {
  const stamps = new Map<number, { fullAt: string | null; changedAt: string }>()
  for (const row of rows) {
    const id = known.characterId(row.character)
    stamps.set(id, {
      fullAt: row.kind === 'full' ? row.receivedAt : (stamps.get(id)?.fullAt ?? null),
      changedAt: row.receivedAt,
    })
  }
  await client.query({
    name: 'stamp inventories',
    text: `insert into inventories (character_id, full_at, changed_at) select * from unnest($1::int[], $2::timestamptz[], $3::timestamptz[])
     on conflict (character_id) do update set full_at = coalesce(excluded.full_at, inventories.full_at), changed_at = excluded.changed_at`,
    values: [
      [...stamps.keys()],
      [...stamps.values()].map((stamp) => stamp.fullAt),
      [...stamps.values()].map((stamp) => stamp.changedAt),
    ],
  })
}

async function storeChanges(client: Client, changes: ReadonlyMap<number, Changes>, at: string): Promise<Publish[]> {
  const changed = [...changes].filter(([, { added, updated, removed }]) => added.size + updated.size + removed.size > 0)
  if (!changed.length) return []
  const lists = (pick: (change: Changes) => Set<string>) =>
    changed.map(([, change]) => `{${[...pick(change)].map((id) => `"${id.replace(/["\\]/g, '\\$&')}"`).join(',')}}`)
  const { rows } = await client.query<{ id: number; character_id: number; name: string }>({
    name: 'store inventory changes',
    text: `with given as (select character_id, added::text[] as added, updated::text[] as updated, removed::text[] as removed
        from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as g(character_id, added, updated, removed)),
      stored as (insert into inventory_changes (character_id, at, added, updated, removed)
        select character_id, $5, added, updated, removed from given returning id, character_id)
      select stored.id, stored.character_id, c.name from stored join characters c on c.id = stored.character_id order by stored.id`,
    values: [
      changed.map(([id]) => id),
      lists((change) => change.added),
      lists((change) => change.updated),
      lists((change) => change.removed),
      at,
    ],
  })
  return rows.map(({ id, character_id, name }) => {
    const { added, updated, removed } = changes.get(character_id)!
    const event: InventoryEvent = {
      id: String(id),
      character: name,
      at,
      added: [...added],
      updated: [...updated],
      removed: [...removed],
    }
    return { topic: topic('inventory', name), event }
  })
}
