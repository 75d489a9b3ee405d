import type { Client } from '../../../shared/db/pool.ts'
import { dayOf, heatCell, hourOf } from '../../../shared/world/dereth/heat-cells.ts'
import type { SpawnRow } from './rows.ts'
import { insertRows } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'

/** Stands for all monsters together among the counts. */
const ALL = 0
const MAX_NAMES = 20_000
const noNames = () => new Map<string, number>()

/** A row beside its numbers: not a copy with them, since a fifth of all frames are spawns. */
interface Spawn {
  row: SpawnRow
  characterNumber: number
  monsterNumber: number
}
type Counted = readonly [monster: number, bucket: number, cell: number, spawns: number]

const insert = insertRows<Spawn>('spawns', [
  ['character_id', 'int', ({ characterNumber }) => characterNumber],
  ['monster_id', 'int', ({ monsterNumber }) => monsterNumber],
  ['received_at', 'timestamptz', ({ row }) => row.receivedAt],
  ['at', 'timestamptz', ({ row }) => row.at],
  ['ew', 'real', ({ row }) => row.ew],
  ['ns', 'real', ({ row }) => row.ns],
  ['z', 'real', ({ row }) => row.z],
])
const addHours = insertRows<Counted>(
  'spawn_hours',
  [
    ['monster_id', 'int', ([monster]) => monster],
    ['hour', 'int', ([, hour]) => hour],
    ['cell', 'int', ([, , cell]) => cell],
    ['spawns', 'int', ([, , , spawns]) => spawns],
  ],
  'on conflict (monster_id, hour, cell) do update set spawns = spawn_hours.spawns + excluded.spawns',
)
const addDays = insertRows<Counted>(
  'spawn_days',
  [
    ['day', 'int', ([, day]) => day],
    ['cell', 'int', ([, , cell]) => cell],
    ['spawns', 'int', ([, , , spawns]) => spawns],
  ],
  'on conflict (day, cell) do update set spawns = spawn_days.spawns + excluded.spawns',
)
const addVersions = insertRows<number>(
  'spawn_versions as v',
  [
    ['hour', 'int', (hour) => hour],
    ['version', 'bigint', () => 1],
  ],
  'on conflict (hour) do update set version = v.version + 1',
)

/** Every sighting, and the counts of its cell: of its hour and of its day. */
export async function writeSpawns(client: Client, rows: readonly SpawnRow[], ids: IdCache): Promise<void> {
  const names = ids.memory(noNames)
  await nameMonsters(client, rows, names)
  const numbered = rows.map((row): Spawn => ({
    row,
    characterNumber: ids.characterId(row.character),
    monsterNumber: names.get(row.monster)!,
  }))
  const hours = new Counts()
  const days = new Counts()
  let lastReceivedAt = ''
  let hour = 0
  for (const { row, monsterNumber } of numbered) {
    const cell = heatCell(row)
    if (cell === null) continue
    if (row.receivedAt !== lastReceivedAt) hour = hourOf(Date.parse((lastReceivedAt = row.receivedAt)))
    hours.add(ALL, hour, cell)
    hours.add(monsterNumber, hour, cell)
    days.add(ALL, dayOf(hour), cell)
  }
  await Promise.all([
    insert(client, numbered),
    ...(hours.size
      ? [addHours(client, hours.list()), addVersions(client, hours.bucketList()), addDays(client, days.list())]
      : []),
  ])
}

/** Counts by monster, bucket and cell. */
class Counts {
  /** By bucket; in it monster and cell make one number. */
  private readonly buckets = new Map<number, Map<number, number>>()
  size = 0

  add(monster: number, bucket: number, cell: number): void {
    let counts = this.buckets.get(bucket)
    if (!counts) this.buckets.set(bucket, (counts = new Map()))
    const key = monster * CELLS + cell
    const before = counts.get(key)
    if (before === undefined) this.size++
    counts.set(key, (before ?? 0) + 1)
  }

  bucketList(): number[] {
    return [...this.buckets.keys()].sort((a, b) => a - b)
  }

  /** In order of their keys, so that no two writers ever wait for each other. */
  list(): Counted[] {
    return [...this.buckets].flatMap(([bucket, counts]) =>
      [...counts]
        .sort(([a], [b]) => a - b)
        .map(([key, spawns]): Counted => [Math.floor(key / CELLS), bucket, key % CELLS, spawns]),
    )
  }
}
/** More than there are cells. */
const CELLS = 2 ** 18

async function nameMonsters(client: Client, rows: readonly SpawnRow[], names: Map<string, number>): Promise<void> {
  if (names.size > MAX_NAMES) names.clear()
  const fresh = new Set<string>()
  for (const { monster } of rows) if (!names.has(monster)) fresh.add(monster)
  if (!fresh.size) return
  const { rows: stored } = await client.query<{ id: number; name: string }>(
    `with given as (select unnest($1::text[]) as name),
     made as (insert into monsters (name) select name from given g where not exists (select from monsters m
     where m.name = g.name)
       on conflict (name) do update set name = excluded.name returning id, name)
     select m.id, m.name from monsters m join given using (name) union all select id, name from made`,
    [[...fresh]],
  )
  for (const { id, name } of stored) names.set(name, id)
}
