import { isRecord } from '../../shared/contract/json-value.ts'
import { transaction, type Client, type Pool } from '../../shared/db/pool.ts'
import { readFrame } from '../frames/read-frame.ts'
import type { InventoryRow } from '../frames/inventory/rows.ts'
import { idCache } from '../rows/id-cache.ts'
import { writeInventory } from '../frames/inventory/writer.ts'
import { itemRecord, type OldItem } from './item.ts'
import { momentOf, oldRows, textOf, type OldRow, type OldTables } from './original.ts'
import type { Report } from './report.ts'

const PARTS = ['item_combat_stats', 'item_requirements', 'item_enhancements', 'item_ratings']
/** No character carries as many. */
const MAX_ITEMS = 20_000

/** Each item with the rows of the other tables about it, by character. They refer to its row, or else to its id. */
function itemsSelect(tables: OldTables): string {
  const items = tables.get('items')!
  const key = (table: string) => {
    const byRow = items.has('id') ? 'p.item_id = i.id' : 'p.item_id = i.item_id'
    return tables.get(table)!.has('character_name') ? `${byRow} and p.character_name = i.character_name` : byRow
  }
  const there = [...PARTS, 'item_raw_data'].filter((table) => tables.get(table)?.has('item_id'))
  const of = (table: string, what: string) => `(select ${what} from ${table} p where ${key(table)} limit 1)`
  const parts = there.filter((table) => table !== 'item_raw_data').map((table) => of(table, 'to_jsonb(p)'))
  const raw = there.includes('item_raw_data') ? of('item_raw_data', 'to_jsonb(p)') : 'null::jsonb'
  const spells = tables.get('item_spells')?.has('item_id')
    ? `(select jsonb_agg(to_jsonb(p)) from item_spells p where ${key('item_spells')})`
    : 'null::jsonb'
  return `select jsonb_build_object('item', to_jsonb(i), 'raw', ${raw}, 'parts',
  jsonb_build_array(${parts.join(', ')}), 'spells', ${spells}) as row
    from items i where i.character_name is not null order by i.character_name, i.item_id`
}

const listOf = (value: unknown): OldRow[] => (Array.isArray(value) ? value.filter(isRecord) : [])

/** The plugin's record: a column holds it whole, or its property bags have columns of their own. */
const recordIn = (row: OldRow): OldRow | null =>
  Object.values(row)
    .filter(isRecord)
    .find((value) => isRecord(value['IntValues'])) ?? (isRecord(row['int_values']) ? row : null)

function oldItem(row: OldRow): OldItem {
  return {
    item: isRecord(row['item']) ? row['item'] : {},
    raw: isRecord(row['raw']) ? recordIn(row['raw']) : null,
    parts: listOf(row['parts']),
    spells: listOf(row['spells']),
  }
}

interface Owner {
  name: string
  items: OldItem[]
}

/** Items of one character after the other: never more in memory than one character has. */
async function* byOwner(from: Client, tables: OldTables, report: Report): AsyncGenerator<Owner> {
  let owner: Owner | null = null
  for await (const rows of oldRows(from, itemsSelect(tables))) {
    for (const row of rows) {
      const item = oldItem(row)
      const name = textOf(item.item, 'character_name')!
      if (owner && owner.name !== name) {
        yield owner
        owner = null
      }
      owner ??= { name, items: [] }
      if (owner.items.length < MAX_ITEMS) owner.items.push(item)
      else report.left('items beyond what a character can carry')
    }
  }
  if (owner) yield owner
}

/**
 * LEG4: complete inventories, as the plugin would send them. If the inventory known here is as new or newer, it stays,
 * and so does an item that another character is known to hold since.
 */
export async function importInventories(
  from: Client,
  pool: Pool,
  { tables, server, now }: { tables: OldTables; server: string; now: Date },
  report: Report,
): Promise<void> {
  const ids = idCache()
  for await (const { name, items } of byOwner(from, tables, report)) {
    const moments = items.map(({ item }) => momentOf(item, 'timestamp', 'last_updated', 'updated_at'))
    const at = moments.reduce<string | null>(
      (last, one) => (one !== null && (last === null || one > last) ? one : last),
      null,
    )
    const receivedAt = at ?? '1970-01-01T00:00:00.000Z' // anything we know is newer
    const frame = { type: 'full_inventory', character_name: name, items: items.map(itemRecord) }
    const result = readFrame(JSON.stringify(frame), { now, receivedAt, server, nextId: () => '0' })
    const rows = result.kind === 'kept' ? result.rows : []
    const inventory = rows.find(({ table }) => table === 'inventory')?.row as InventoryRow | undefined
    if (inventory?.kind !== 'full') {
      report.left('inventories of characters whose name we do not take')
      continue
    }
    try {
      const brought = await transaction(pool, async (client) => {
        const { rowCount } = await client.query(
          `select from inventories v join characters c on c.id = v.character_id where c.name = $1
            and v.changed_at >= $2`,
          [name, receivedAt],
        )
        if (rowCount) return null
        const { rows: newer } = await client.query<{ id: number }>(
          'select game_id as id from items where server = $1 and game_id = any($2::bigint[]) and changed_at > $3',
          [inventory.server, inventory.items.map(({ gameId }) => gameId), receivedAt],
        )
        const elsewhere = new Set(newer.map(({ id }) => id))
        const kept = inventory.items.filter(({ gameId }) => !elsewhere.has(gameId))
        await ids.prepare(client, [{ table: 'inventory', row: inventory }])
        await writeInventory(client, [{ ...inventory, items: kept }], ids)
        return kept.length
      })
      if (brought === null) {
        report.left('inventories that are as new here, or newer')
        continue
      }
      report.brought('inventories')
      report.brought('items', brought)
      report.left('items that could not be read, came twice, or are known newer', items.length - brought)
    } catch (error) {
      ids.forget()
      if (!/^22/.test(String((error as { code?: unknown }).code))) throw error
      report.left('inventories that the database refused')
    }
  }
}
