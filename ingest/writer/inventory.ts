import { topic, type InventoryEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { InventoryRow, Publish } from '../outcome.ts'
import type { Dimensions } from './dimensions.ts'
import { putItems, takeItems, takeOthers, type ItemRecord } from './items.ts'

interface Changes {
  character: string
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
  const names = new Map(rows.map((row) => [known.characterId(row.character), row.character]))
  const now = rows.at(-1)!.receivedAt

  const changesOf = (characterId: number): Changes => {
    const there = changes.get(characterId)
    if (there) return there
    const fresh = {
      character: names.get(characterId) ?? '',
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
  await stampInventories(client, rows, known)
  return storeChanges(client, changes, now)
}

/** Cuts the rows where an item turns up again, and around full inventories, which speak of items they do not name. */
function waves(rows: readonly InventoryRow[]): InventoryRow[][] {
  const result: InventoryRow[][] = []
  let wave: InventoryRow[] = []
  let touched = new Set<string>()
  const cut = () => {
    if (wave.length) result.push(wave)
    wave = []
    touched = new Set()
  }
  for (const row of rows) {
    const ids = row.kind === 'take' ? [row.gameId] : row.items.map((item) => item.gameId)
    const keys = ids.map((id) => `${row.server}:${id}`)
    if (row.kind === 'full' || keys.some((key) => touched.has(key))) cut()
    wave.push(row)
    for (const key of keys) touched.add(key)
    if (row.kind === 'full') cut()
  }
  cut()
  return result
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
  await client.query(
    `insert into inventories (character_id, full_at, changed_at) select * from unnest($1::int[], $2::timestamptz[], $3::timestamptz[])
     on conflict (character_id) do update set full_at = coalesce(excluded.full_at, inventories.full_at), changed_at = excluded.changed_at`,
    [
      [...stamps.keys()],
      [...stamps.values()].map((stamp) => stamp.fullAt),
      [...stamps.values()].map((stamp) => stamp.changedAt),
    ],
  )
}

async function storeChanges(client: Client, changes: ReadonlyMap<number, Changes>, at: string): Promise<Publish[]> {
  const publish: Publish[] = []
  for (const [characterId, { character, added, updated, removed }] of changes) {
    if (!added.size && !updated.size && !removed.size) continue
    const lists: [string[], string[], string[]] = [[...added], [...updated], [...removed]]
    const { rows } = await client.query<{ id: number; name: string }>(
      `with stored as (insert into inventory_changes (character_id, at, added, updated, removed) values ($1, $2, $3, $4, $5) returning id)
       select stored.id, c.name from stored, characters c where c.id = $1`,
      [characterId, at, ...lists],
    )
    const name = character || rows[0]!.name
    const event: InventoryEvent = {
      id: String(rows[0]!.id),
      character: name,
      at,
      added: lists[0],
      updated: lists[1],
      removed: lists[2],
    }
    publish.push({ topic: topic('inventory', name), event })
  }
  return publish
}
