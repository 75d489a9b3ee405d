// What an empty full inventory does: clients send one before they know what they hold.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { testWriter, type TestWriter } from '../../writer/testing/test-writer.ts'

let database: TestDatabase
let write: TestWriter
beforeAll(async () => {
  database = await testDatabase()
  write = testWriter(database.pool)
})
afterAll(() => database?.[Symbol.asyncDispose]())

const NOON = Date.parse('2026-03-01T12:00:00Z')
const at = (minute: number) => NOON + minute * 60_000
const stamp = (minute: number) => new Date(at(minute)).toISOString()
const item = (id: number, name: string) => ({ Id: id, Name: name })
const full = (character_name: string, items: object[]) => ({ type: 'full_inventory', character_name, items })
const delta = (character_name: string, action: string, id: number) => ({
  type: 'inventory_delta',
  character_name,
  action,
  ...(action === 'remove' ? { item_id: id } : { item: item(id, 'Wand') }),
})
async function heldBy(character: string) {
  const { rows } = await database.pool.query<{ stale: string | null; full: string | null; names: string[] | null }>(
    `select v.stale_at as stale, v.full_at as full, array_agg(i.name order by i.name) filter (where i.name is not null)
       as names
     from inventories v join characters c on c.id = v.character_id left join items i on i.character_id = c.id
     where c.name = $1 group by 1, 2`,
    [character],
  )
  return rows[0]
}

describe('[INV16] an empty full inventory', () => {
  it('leaves the items, marked as stale, until one with items comes', async () => {
    await write.store(at(0), full('Sleeper', [item(1, 'Cloak'), item(2, 'Sword')]))
    await write.store(at(5), full('Sleeper', []))
    expect(await heldBy('Sleeper')).toEqual({ stale: stamp(5), full: stamp(0), names: ['Cloak', 'Sword'] })
    await write.store(at(6), full('Sleeper', [item(2, 'Sword')]))
    expect(await heldBy('Sleeper')).toEqual({ stale: null, full: stamp(6), names: ['Sword'] })
  })

  it.each([
    ['add', 3, ['Cloak', 'Wand']],
    ['remove', 11, null],
  ])('is over once an item changes (%s)', async (action, id, names) => {
    const character = `Worker ${action}`
    await write.store(at(0), full(character, [item(action === 'add' ? 10 : 11, 'Cloak')]))
    await write.store(at(5), full(character, []))
    await write.store(at(6), delta(character, action, id))
    expect(await heldBy(character)).toEqual({ stale: null, full: stamp(0), names })
  })

  it('is stored like one that came alone, when it comes in one batch with others', async () => {
    write.queue(at(0), full('Hasty', [item(20, 'Cloak')]))
    write.queue(at(1), full('Hasty', []))
    await write.flush()
    expect(await heldBy('Hasty')).toEqual({ stale: stamp(1), full: stamp(0), names: ['Cloak'] })
    write.queue(at(2), full('Hasty', []))
    write.queue(at(3), delta('Hasty', 'add', 21))
    await write.flush()
    expect(await heldBy('Hasty')).toEqual({ stale: null, full: stamp(0), names: ['Cloak', 'Wand'] })
  })

  it('of a character that is known only by it shows that nothing is known yet', async () => {
    await write.store(at(0), full('Newborn', []))
    expect(await heldBy('Newborn')).toEqual({ stale: stamp(0), full: null, names: null })
  })
})
