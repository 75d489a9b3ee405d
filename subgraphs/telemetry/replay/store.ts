import {
  STEP_BLOCKS,
  TELEMETRY_BLOCKS,
  VITALS_BLOCKS,
  type BlockColumn,
  type BlockLayout,
} from '../../../shared/db/blocks/columns.ts'
import { columnsNamed, hourStart } from '../../../shared/db/blocks/read-blocks.ts'
import { Words } from '../../../shared/db/blocks/words.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { BUCKET_S, SLOT_S, TRACK_STEP_S, trackStepOf } from '../../../shared/contract/history-buckets.ts'
import { inTime } from '../telemetry/trails.ts'
import { inOrder, joinedBlocks, unpackedLists, wholeOf } from './packed-lists.ts'
import { lastOfEach, listOf, pick, type Lists } from './samples.ts'

/** A stretch that is played back. Seconds are of our clock since 1970. */
export interface ReplayStretch {
  fromS: number
  toS: number
  /** The most samples a character gets. */
  points: number
}

/** What one character did, in lists side by side; `ms` count from the start of the stretch. */
export interface ReplayRow {
  character: string
  begin: number
  telemetry: Lists
  states: string[]
  vitals: Lists
}

/** Up to this long, every frame is read; and one in 20 seconds up to the second. */
const BY_FRAMES_S = 3_600
const BY_STEPS_S = 6 * 3_600
const MAX_CHARACTERS = 500

export type ReplaySource = 'frames' | 'steps' | 'spans'

/** REP1: what is fine enough for the samples that are asked for, and read quickly. */
export function sourceOf({ fromS, toS, points }: ReplayStretch): ReplaySource {
  const seconds = toS - fromS
  if (seconds > BY_STEPS_S || seconds / points >= BUCKET_S) return 'spans'
  return seconds > BY_FRAMES_S || seconds / points >= TRACK_STEP_S ? 'steps' : 'frames'
}

// Whole numbers are the quickest to write and to read, and lists as text are written faster than JSON.
const whole = (value: string, scale: number) =>
  `case when ${value} is not null then (greatest(-1e6, least(1e6, ${value})) * ${scale})::int end`
const thousandths = (value: string) => whole(value, 1000)
const tenths = (value: string) => whole(value, 10)
const since = (moment: string) => `(date_part('epoch', ${moment} - to_timestamp($1)) * 1000)::bigint`

const TELEMETRY_LISTS = ['ms', 'late', 'ew', 'ns', 'kills', 'rate', 'deaths'] as const
const VITALS_LISTS = ['ms', 'health', 'stamina', 'mana', 'vitae'] as const
/** How the columns of blocks become the lists above; the moments of rows come first by themselves. */
const tenth = (value: number) => wholeOf(value, 10)
const thousandth = (value: number) => wholeOf(value, 1000)
const VITALS_OF = {
  health: ['health_percent', tenth],
  stamina: ['stamina_percent', tenth],
  mana: ['mana_percent', tenth],
  vitae: ['vitae', tenth],
} as const
const TELEMETRY_OF = {
  ew: ['ew', thousandth],
  ns: ['ns', thousandth],
  kills: ['kills'],
  rate: ['kills_per_hour', tenth],
  deaths: ['deaths'],
  state: ['state'],
} as const
const columnsOf = (
  layout: BlockLayout,
  lists: Readonly<Record<string, readonly [string, ...unknown[]]>>,
  ...more: string[]
) => columnsNamed(layout, ['received_at', ...more, ...Object.values(lists).map(([name]) => name)])
const PACKED_VITALS = columnsOf(VITALS_BLOCKS, VITALS_OF)
const PACKED_TELEMETRY = columnsOf(TELEMETRY_BLOCKS, TELEMETRY_OF, 'at')
const PACKED_STEPS = columnsOf(STEP_BLOCKS, TELEMETRY_OF, 'at')

const telemetryOf = {
  frames: `${since('x.received_at')} as ms, date_part('epoch', x.received_at - x.at)::bigint as late,
    ${thousandths('x.ew')} as ew, ${thousandths('x.ns')} as ns, x.kills, ${tenths('x.kills_per_hour')} as rate,
    x.deaths, x.state from telemetry x where x.received_at > to_timestamp($1) and x.received_at <= to_timestamp($2)`,
  spans: `${endOfSpan()} as ms, 0 as late, ${thousandths('x.ew_last')} as ew,
    ${thousandths('x.ns_last')} as ns,
    x.kills_last::int as kills, ${tenths('x.kills_per_hour_last')} as rate, x.deaths_last::int as deaths,
    null::text as state from telemetry_spans x
    where ${withinSpans()} and x.ew_last is not null and x.ns_last is not null`,
}
const vitalsOf = {
  frames: `${since('x.received_at')} as ms, ${tenths('x.health_percent')} as health, ${tenths('x.stamina_percent')} as
    stamina, ${tenths('x.mana_percent')} as mana, ${tenths('x.vitae')} as vitae
    from vitals x where x.received_at > to_timestamp($1) and x.received_at <= to_timestamp($2)`,
  spans: `${endOfSpan()} as ms, ${tenths('x.health_percent_last')} as health,
    ${tenths('x.stamina_percent_last')} as stamina, ${tenths('x.mana_percent_last')} as mana,
    ${tenths('x.vitae_last')} as vitae from vitals_spans x where ${withinSpans()}`,
}

/** When the last half minute of a span that had a frame ends, in seconds since 1970. */
function lastSeenS(): string {
  const slots = Array.from({ length: BUCKET_S / SLOT_S }, (_, slot) => `when x.seen < ${2 << slot} then ${slot + 1}`)
  return `(x.span::bigint * ${BUCKET_S} + (case ${slots.join(' ')} end) * ${SLOT_S})`
}
/** A half minute in which the stretch ends counts as its end. */
function endOfSpan(): string {
  return `((least(${lastSeenS()}, $2::float8) - $1::float8) * 1000)::bigint`
}
/** REP5: the spans at both ends may have been seen outside of the stretch: those say nothing about it. */
function withinSpans(): string {
  return `x.span >= floor($1::float8 / ${BUCKET_S})::int and x.span < ceil($2::float8 / ${BUCKET_S})::int
    and ${lastSeenS()} > $1::float8 and ${lastSeenS()} - ${SLOT_S} < $2::float8`
}

/**
 * One row a character with its lists. Each character's rows are found by an index of its own, whatever is known of how
 * many there are.
 */
const asLists = (columns: readonly string[], frames: string, order: string, more = '') => `
  select c.name, t.* from characters c cross join lateral (
    select ${columns.map((column) => `array_agg(${column})::text as ${column}`).join(', ')}${more}
    from (select ${frames} and x.character_id = c.id order by ${order}) sampled) t
  where t.ms is not null and ($3::text[] is null or c.name = any($3)) order by c.name limit ${MAX_CHARACTERS}`

const STATES = ", json_agg(coalesce(state, '')) as state"
/** The same, and the blocks that touch the stretch. $4 is where the hour of its beginning begins. */
const besideBlocks = (layout: BlockLayout, columns: readonly BlockColumn[], text: string): string =>
  `${joinedBlocks(layout, columns, { from: '$1', to: '$2', hour: '$4' }, text)}
   where (p.blocks is not null or t.name is not null) and ($3::text[] is null or c.name = any($3))
   order by c.name limit ${MAX_CHARACTERS}`
const telemetryTexts: Record<ReplaySource, string> = {
  frames: besideBlocks(
    TELEMETRY_BLOCKS,
    PACKED_TELEMETRY,
    asLists(TELEMETRY_LISTS, telemetryOf.frames, 'x.received_at, x.at', STATES),
  ),
  steps: besideBlocks(
    STEP_BLOCKS,
    PACKED_STEPS,
    asLists(TELEMETRY_LISTS, `${telemetryOf.frames} and x.step`, 'x.received_at, x.at', STATES),
  ),
  spans: asLists(TELEMETRY_LISTS, telemetryOf.spans, 'x.span', STATES),
}
/** Of each step its last frame: vitals are not marked. */
const VITALS_STEPS = `distinct on (floor(date_part('epoch', x.received_at) / ${TRACK_STEP_S})) ${vitalsOf.frames}`
const vitalsTexts: Record<ReplaySource, string> = {
  frames: besideBlocks(VITALS_BLOCKS, PACKED_VITALS, asLists(VITALS_LISTS, vitalsOf.frames, 'x.received_at')),
  steps: besideBlocks(
    VITALS_BLOCKS,
    PACKED_VITALS,
    asLists(
      VITALS_LISTS,
      VITALS_STEPS,
      `floor(date_part('epoch', x.received_at) / ${TRACK_STEP_S}), x.received_at desc`,
    ),
  ),
  spans: asLists(VITALS_LISTS, vitalsOf.spans, 'x.span'),
}

type Read<Column extends string> = { name: string; blocks?: Buffer | null } & Record<Column, string | null>
type ReadTelemetry = Read<(typeof TELEMETRY_LISTS)[number]> & { state: string[] | null }
type ReadVitals = Read<(typeof VITALS_LISTS)[number]>

/** Vitals out of rows and blocks, in order of receipt; of steps the last of each. */
function vitalsLists(read: ReadVitals, stretch: ReplayStretch, source: ReplaySource): Lists {
  const rows = listsOf(VITALS_LISTS, read)
  if (!read.blocks) return rows
  const both = inOrder(unpackedLists(PACKED_VITALS, read.blocks, stretch, VITALS_OF), rows)
  if (source !== 'steps') return both
  const ms = both['ms'] as number[]
  const step = (n: number) => trackStepOf(stretch.fromS * 1000 + ms[n]!)
  return pick(
    both,
    [...ms.keys()].filter((n) => n + 1 === ms.length || step(n) !== step(n + 1)),
  )
}

/** Telemetry out of rows and blocks, in order of receipt; states by their numbers in `words`, none for an empty one. */
function telemetryLists(read: ReadTelemetry, stretch: ReplayStretch, source: ReplaySource, words: Words): Lists {
  const numberOf = (word: string) => (word === '' ? null : words.numberOf(word))
  const rows = listsOf(TELEMETRY_LISTS, read)
  if (!read.blocks) return { ...rows, state: (read.state ?? []).map(numberOf) }
  const own = new Words()
  const columns = source === 'steps' ? PACKED_STEPS : PACKED_TELEMETRY
  const packed = unpackedLists(columns, read.blocks, stretch, TELEMETRY_OF, own)
  packed['state'] = packed['state']!.map((number) => (number === null ? null : numberOf(own.list[number]!)))
  return inOrder(packed, { ...rows, state: (read.state ?? []).map(numberOf) })
}

/** What characters did in a stretch, by name. */
export async function replay(
  pool: Pool,
  stretch: ReplayStretch,
  names: readonly string[] | null,
): Promise<ReplayRow[]> {
  const source = sourceOf(stretch)
  const values = [stretch.fromS, stretch.toS, names, ...(source === 'spans' ? [] : [hourStart(stretch.fromS * 1000)])]
  const [placed, fared] = await Promise.all([
    pool.query<ReadTelemetry>(telemetryTexts[source], values),
    pool.query<ReadVitals>(vitalsTexts[source], values),
  ])
  const begin = stretch.fromS * 1000
  const everyMs = ((stretch.toS - stretch.fromS) * 1000) / stretch.points
  const rows = new Map<string, ReplayRow>()
  for (const read of placed.rows) {
    const { name } = read
    const words = new Words()
    const lists = telemetryLists(read, stretch, source, words)
    const kept = lastOfEach(lists['ms'] as number[], everyMs, inTime(lists['late'] as number[]))
    rows.set(name, { character: name, begin, telemetry: pick(lists, kept), states: words.list, vitals: noVitals() })
  }
  for (const read of fared.rows) {
    const { name } = read
    const lists = vitalsLists(read, stretch, source)
    const row = rows.get(name) ?? { character: name, begin, telemetry: noTelemetry(), states: [], vitals: noVitals() }
    rows.set(name, { ...row, vitals: pick(lists, lastOfEach(lists['ms'] as number[], everyMs)) })
  }
  return [...rows.values()]
}

const listsOf = <Column extends string>(columns: readonly Column[], read: Record<Column, string | null>): Lists =>
  Object.fromEntries(columns.map((column) => [column, listOf(read[column] ?? '{}')]))
const noVitals = (): Lists => Object.fromEntries(VITALS_LISTS.map((column) => [column, []]))
const noTelemetry = (): Lists => Object.fromEntries([...TELEMETRY_LISTS, 'state'].map((column) => [column, []]))

/** When the oldest five minutes that are stored begin, in ms since 1970; null without any. */
export async function replayableSince(pool: Pool): Promise<number | null> {
  const { rows } = await pool.query<{ span: number | null }>(
    `select min(t.span) as span from characters c cross join lateral (
       select x.span from telemetry_spans x where x.character_id = c.id order by x.span limit 1) t`,
  )
  const span = rows[0]?.span ?? null
  return span === null ? null : span * BUCKET_S * 1000
}
