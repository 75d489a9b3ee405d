// A fleet's belongings, made up and (where somebody has put them beside the project) captured, sent as plugins send
// them.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { itemRecord } from '../../../ingest/simulator/plugin/item-record.ts'
import { pick, seeded, whole, type Rng } from '../../../ingest/simulator/world/chance.ts'
import { outfit } from '../../../ingest/simulator/world/inventory.ts'
import type { TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

export type ItemBags = Record<string, number>
export interface RawItem {
  Id: number
  ObjectClass?: number
  HasIdData?: boolean
  ContainerId?: number
  Name?: string
  IntValues: ItemBags
  DoubleValues: ItemBags
  BoolValues: Record<string, boolean>
  StringValues: Record<string, string>
  Spells: number[]
  ActiveSpells: number[]
}
export interface Owner {
  character: string
  server: string
  items: RawItem[]
  sheet: Record<string, unknown> | null
}

const CAPTURED = process.env['OVERLORD_FLEET'] ?? path.join('..', 'shared', 'data', 'inventories')

/** Made-up characters; the same seed makes the same. */
export function madeUp(seed: number, characters: number): Owner[] {
  return Array.from({ length: characters }, (_, index) => {
    const rng = seeded(seed + index)
    const level = whole(rng, 20, 275)
    const { items } = outfit(rng, 0x50000000 + index, index, level, 1_750_000_000_000)
    const records = [...items.values()].map((item) => JSON.parse(JSON.stringify(itemRecord(item))) as RawItem)
    for (const record of records.slice(0, 3)) record.StringValues['7'] = pick(rng, ['For Mother', '100% mine', 'a_b'])
    const base = (from: number, to: number) => ({
      base: whole(rng, from, to),
      training: pick(rng, ['Trained', 'Specialized', 'Untrained']),
    })
    const names = ['heavy_weapons', 'war_magic', 'missile_weapons', 'light_weapons', 'melee_defense']
    const skills = Object.fromEntries(names.map((name) => [name, base(10, 450)]))
    return {
      character: `Mule ${index}`,
      server: index % 5 === 4 ? 'Leafcull' : 'Coldeve',
      items: records,
      sheet: { level, skills, attributes: {}, vitals: {} },
    }
  })
}

/** Captured characters, at most so many; none where there are none. */
export function captured(most: number): Owner[] {
  const list = path.join(CAPTURED, '_fleet60.json')
  if (!existsSync(list)) return []
  const { mains, mules } = JSON.parse(readFileSync(list, 'utf8')) as { mains: string[]; mules: string[] }
  const files = [...mains.slice(0, most >> 1), ...(mules ?? [])].slice(0, most)
  return files.map((file) => {
    const { character_name, server, items, character_stats } = JSON.parse(
      readFileSync(path.join(CAPTURED, file), 'utf8'),
    ) as { character_name: string; server: string; items: RawItem[]; character_stats?: Record<string, unknown> }
    return { character: character_name, server, items, sheet: character_stats ?? null }
  })
}

/** What comes before an appraisal: what shows at first sight. */
function atFirstSight(item: RawItem): Partial<RawItem> {
  const first = Object.fromEntries(Object.entries(item.IntValues).filter((_, nth) => nth % 2 === 0))
  return { ...item, HasIdData: false, IntValues: first, DoubleValues: {}, Spells: [], ActiveSpells: [] }
}

/** Frames after which each owner holds exactly its items, in an order drawn by chance. */
function framesOf({ character, server, items, sheet }: Owner, rng: Rng): object[] {
  const about = { character_name: character, server }
  const delta = (action: string, rest: object) => ({ type: 'inventory_delta', ...about, action, ...rest })
  const strays = items.slice(0, 4).map((item, nth) => ({ ...item, Id: 0x70000000 + nth }))
  const early = {
    type: 'full_inventory',
    ...about,
    items: [...items.filter(() => rng() < 0.6).map(atFirstSight), ...strays],
  }
  const frames: object[] = sheet ? [{ type: 'character_stats', ...sheet, ...about }] : []
  frames.push(early)
  for (const stray of strays.slice(0, 2)) frames.push(delta('remove', { item_id: stray.Id }))
  const late = items.filter(() => rng() < 0.5)
  for (const item of late) {
    if (rng() < 0.2) frames.push(delta('remove', { item_id: item.Id }))
    frames.push(delta(rng() < 0.5 ? 'add' : 'update', { item }))
  }
  frames.push({ type: 'full_inventory', ...about, items })
  for (const item of items.filter(() => rng() < 0.1)) frames.push(delta('update', { item: atFirstSight(item) }))
  for (const item of items.filter(() => rng() < 0.1)) frames.push(delta('update', { item }))
  return frames
}

/**
 * Sends everybody's frames, interleaved over a few sockets; each character's own stay in order. Settles once all are
 * stored.
 * @returns the owners, and one more a socket, whose item came last
 */
export async function sendFleet(overlord: TestOverlord, owners: readonly Owner[], seed: number): Promise<Owner[]> {
  const rng = seeded(seed)
  const sockets = await Promise.all([overlord.plugin(), overlord.plugin(), overlord.plugin()])
  const waiting = owners.map((owner, nth) => ({ socket: sockets[nth % sockets.length]!, frames: framesOf(owner, rng) }))
  while (waiting.length) {
    const nth = whole(rng, 0, waiting.length - 1)
    const { socket, frames } = waiting[nth]!
    for (const frame of frames.splice(0, whole(rng, 1, 5))) socket.send(frame)
    if (!frames.length) waiting.splice(nth, 1)
  }
  const nothing = { IntValues: {}, DoubleValues: {}, BoolValues: {}, StringValues: {}, Spells: [], ActiveSpells: [] }
  const last = sockets.map((_, nth): Owner => {
    const item = { Id: seed * 10 + nth, Name: 'Pebble', HasIdData: false, ContainerId: 0, ObjectClass: 8, ...nothing }
    return { character: `Last ${seed} ${nth}`, server: 'Coldeve', items: [item], sheet: null }
  })
  for (const [nth, { character, server, items }] of last.entries())
    sockets[nth]!.send({ type: 'full_inventory', character_name: character, server, items })
  await until(
    'everything to be stored',
    async () => {
      const query = 'query ($c: [String!]) { items(where: { characters: $c }) { totalCount } }'
      const { data } = await overlord.graph<{ items: { totalCount: number } }>(query, {
        c: last.map((one) => one.character),
      })
      return data.items.totalCount === last.length
    },
    60_000,
  )
  for (const socket of sockets) await socket[Symbol.asyncDispose]()
  return [...owners, ...last]
}
