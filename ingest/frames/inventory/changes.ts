import { MAX_LISTED_ITEMS, topic, type InventoryEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'

interface Lists {
  added: Set<string>
  updated: Set<string>
  removed: Set<string>
}

/** What a batch comes to, character by character: an item that came and left again is no change. */
export class InventoryChanges {
  readonly #of = new Map<number, Lists>()

  /** An item was stored for `owner`; `former` held it before. */
  came(id: string, owner: number, former: number | null): void {
    const mine = this.#listsOf(owner)
    const wasMine = mine.removed.delete(id)
    if (former !== null && former !== owner) this.left(id, former)
    if (former !== owner && !wasMine) mine.added.add(id)
    else if (!mine.added.has(id)) mine.updated.add(id)
  }

  /** An item is no longer `owner`'s. */
  left(id: string, owner: number): void {
    const theirs = this.#listsOf(owner)
    const cameNow = theirs.added.delete(id)
    theirs.updated.delete(id)
    if (!cameNow) theirs.removed.add(id)
  }

  /** Something of this character's was written, even if it comes to nothing. */
  touched(owner: number): boolean {
    return this.#of.has(owner)
  }

  /** Characters with changes to publish. */
  entries(): [number, Lists][] {
    return [...this.#of].filter(([, { added, updated, removed }]) => added.size + updated.size + removed.size > 0)
  }

  #listsOf(owner: number): Lists {
    const there = this.#of.get(owner)
    if (there) return there
    const fresh = { added: new Set<string>(), updated: new Set<string>(), removed: new Set<string>() }
    this.#of.set(owner, fresh)
    return fresh
  }
}

/** Stores the changes and makes events of them. Only the first ids are listed, up to the limit of an event. */
export async function storeChanges(client: Client, changes: InventoryChanges, at: string): Promise<Publish[]> {
  const changed = new Map(changes.entries())
  if (!changed.size) return []
  const listed = new Map(
    [...changed].map(([character, { added, updated, removed }]) => [
      character,
      { added: firstOf(added), updated: firstOf(updated), removed: firstOf(removed) },
    ]),
  )
  const lists = (pick: (change: { added: string[]; updated: string[]; removed: string[] }) => string[]) =>
    [...listed.values()].map((change) => `{${pick(change).map(quoted).join(',')}}`)
  const { rows } = await client.query<{ id: number; character_id: number; name: string }>({
    name: 'store inventory changes',
    text: `with given as (select character_id, added::text[] as added, updated::text[] as updated,
      removed::text[] as removed
        from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as g(character_id, added, updated, removed)),
      stored as (insert into inventory_changes (character_id, at, added, updated, removed)
        select character_id, $5, added, updated, removed from given returning id, character_id)
      select stored.id, stored.character_id, c.name from stored join characters c on c.id = stored.character_id
      order by stored.id`,
    values: [
      [...listed.keys()],
      lists((change) => change.added),
      lists((change) => change.updated),
      lists((change) => change.removed),
      at,
    ],
  })
  return rows.map(({ id, character_id, name }) => {
    const { added, updated, removed } = changed.get(character_id)!
    const counts = { addedCount: added.size, updatedCount: updated.size, removedCount: removed.size }
    const event: InventoryEvent = { id: String(id), character: name, at, ...listed.get(character_id)!, ...counts }
    return { topic: topic('inventory', name), event }
  })
}

const firstOf = (ids: ReadonlySet<string>): string[] => [...ids].slice(0, MAX_LISTED_ITEMS)
const quoted = (id: string): string => `"${id.replace(/["\\]/g, '\\$&')}"`
