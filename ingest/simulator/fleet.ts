// A captured fleet: inventories and sheets of real characters from a folder of JSON files, one a character.
import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ItemRecord } from './plugin/item-record.ts'
import type { Item } from './world/item.ts'

/** One captured character. */
export interface CapturedCharacter {
  name: string
  server: string
  id: number
  items: Item[]
  /** The sheet as captured; null when the capture had none. */
  stats: Record<string, unknown> | null
}

interface CaptureFile {
  server: string
  character_name: string
  character_id: number
  character_stats: Record<string, unknown> | null
  items: (Omit<ItemRecord, 'Name' | 'Icon'> & Partial<ItemRecord>)[]
}

/** Reads at most so many characters. A list `_fleet60.json` in the folder says which come first. */
export async function readFleet(folder: string, most: number): Promise<CapturedCharacter[]> {
  if (!existsSync(folder))
    throw new Error(`There is no fleet at ${folder}: give --fleet a folder with one JSON file a character`)
  const files = await chosenFiles(folder)
  if (files.length === 0) throw new Error(`${folder} holds no character files (*.json)`)
  const taken = new Set<string>()
  const fleet: CapturedCharacter[] = []
  for (const file of files.slice(0, most)) {
    const capture = JSON.parse(await readFile(join(folder, file), 'utf8')) as CaptureFile
    // Names are unique on one game server only; the fleet plays as one guild.
    const name = taken.has(capture.character_name) ? `${capture.character_name} II` : capture.character_name
    taken.add(name)
    fleet.push({
      name,
      server: capture.server,
      id: capture.character_id,
      stats: capture.character_stats,
      items: capture.items.map(asItem),
    })
  }
  return fleet
}

async function chosenFiles(folder: string): Promise<string[]> {
  const all = (await readdir(folder)).filter((file) => file.endsWith('.json') && !file.startsWith('_')).sort()
  const list = join(folder, '_fleet60.json')
  if (!existsSync(list)) return all
  const picked = Object.values(JSON.parse(await readFile(list, 'utf8')) as Record<string, unknown>).flatMap((value) =>
    Array.isArray(value) ? (value as string[]) : [],
  )
  const known = picked.filter((file) => all.includes(file))
  return [...known, ...all.filter((file) => !known.includes(file))]
}

function asItem(record: CaptureFile['items'][number]): Item {
  const { IntValues, DoubleValues, BoolValues, StringValues } = record
  const { 107: mana, 108: fullMana, ...ints } = IntValues
  const hasMana = record.HasIdData && mana !== undefined && fullMana !== undefined
  return {
    id: record.Id >>> 0,
    name: record.Name ?? StringValues['1'] ?? '',
    objectClass: record.ObjectClass,
    container: record.ContainerId >>> 0,
    icon: record.Icon ?? IntValues['218103809'] ?? 0,
    appraised: record.HasIdData,
    appraisedAt: record.LastIdTime,
    plain: { bools: BoolValues, doubles: DoubleValues, ints: hasMana ? ints : IntValues, strings: StringValues },
    hidden: { bools: {}, doubles: {}, ints: hasMana ? { 107: mana, 108: fullMana } : {}, strings: {} },
    spells: record.Spells,
    activeSpells: record.ActiveSpells,
    captured: record,
  }
}
