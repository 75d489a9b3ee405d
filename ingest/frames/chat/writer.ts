import { topic, type UtteranceEvent } from '../../../shared/contract/topics.ts'
import { UTTERANCE_WINDOW_MS } from '../../../shared/contract/speech.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { insertRows, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import type { Publish } from '../../rows/row.ts'
import type { ChatRow } from './rows.ts'
import { speechKey, utteranceOf, type Utterance } from './utterances.ts'

interface StoredLine {
  row: ChatRow
  id: string
  /** The id of the line of this utterance that was stored first; null for that line itself. */
  firstId: string | null
  key: string | null
}

const columns: Column<StoredLine, IdCache>[] = [
  ['id', 'bigint', ({ id }) => id],
  ['character_id', 'int', ({ row }, ids) => ids.characterId(row.character)],
  ['received_at', 'timestamptz', ({ row }) => row.receivedAt],
  ['at', 'timestamptz', ({ row }) => row.clientAt],
  ['text', 'text', ({ row }) => row.text],
  ['color', 'int', ({ row }) => row.color],
  ['channel', 'text', ({ row }) => row.channel],
  ['sender', 'text', ({ row }) => row.sender],
  ['first_id', 'bigint', ({ firstId }) => firstId],
  ['speech_key', 'bigint', ({ key }) => key],
]
const insert = insertRows('chat', columns)

/** Locks on words: the first of two numbers, so that they meet no other lock. There are few, whatever is said. */
const LOCK = 7_219_011
const LOCKS = 256n

/** Stores lines, each with the utterance it belongs to. Returns them to be published once they are committed. */
export async function writeChat(client: Client, rows: readonly ChatRow[], ids: IdCache): Promise<Publish[]> {
  const keys = rows.map(speechKey)
  const [known, numbers] = await Promise.all([knownUtterances(client, rows, keys), drawIds(client, rows.length, ids)])
  const lines: StoredLine[] = []
  const publish: Publish[] = []
  for (const [i, row] of rows.entries()) {
    const [key, id] = [keys[i]!, numbers[i]!]
    const spoken = key === null ? [] : (known.get(key) ?? [])
    const before = utteranceOf(row, spoken)
    const utterance = before ?? { id, receivedMs: Date.parse(row.receivedAt), first: row, listeners: [] }
    if (!before && key !== null) known.set(key, [...spoken, utterance])
    lines.push({ row, id, firstId: before ? before.id : null, key })
    publish.push({ topic: topic('utterance', row.character), event: eventOf(utterance, id, row.character) })
    utterance.listeners.push(row.character)
  }
  await insert(client, lines, ids)
  return publish
}

function eventOf({ id, first, listeners }: Utterance, changeId: string, listener: string): UtteranceEvent {
  const { character, clientAt, receivedAt, text, color, channel, sender } = first
  const heardBefore = [...listeners]
  return { id, changeId, character, clientAt, receivedAt, text, color, channel, sender, listener, heardBefore }
}

/**
 * What was said lately in the words of these lines, by key. Until the transaction ends no other process stores lines
 * with the same words: two that hear one utterance at once would otherwise both store its first line.
 */
async function knownUtterances(
  client: Client,
  rows: readonly ChatRow[],
  keys: readonly (string | null)[],
): Promise<Map<string, Utterance[]>> {
  const spans = new Map<string, { sinceMs: number; untilMs: number }>()
  for (const [i, key] of keys.entries()) {
    if (key === null) continue
    const ms = Date.parse(rows[i]!.receivedAt)
    const span = spans.get(key)
    spans.set(key, { sinceMs: Math.min(span?.sinceMs ?? ms, ms), untilMs: Math.max(span?.untilMs ?? ms, ms) })
  }
  if (!spans.size) return new Map()
  const slots = [...new Set([...spans.keys()].map((key) => Number(BigInt.asUintN(64, BigInt(key)) % LOCKS)))]
  // In one order, so that processes do not wait for each other in a circle.
  const locked = client.query('select pg_advisory_xact_lock($1::int, slot) from unnest($2::int[]) slot', [
    LOCK,
    slots.sort((a, b) => a - b),
  ])
  return (await Promise.all([locked, heardLately(client, spans)]))[1]
}

interface HeardRow {
  key: string
  utterance: string
  isFirst: boolean
  listener: string
  receivedMs: number
  clientAt: string
  receivedAt: string
  text: string
  color: number | null
  channel: string
  sender: string | null
}

/** The utterances within the window around these times, with their listeners: those are within a second window. */
async function heardLately(
  client: Client,
  spans: ReadonlyMap<string, { sinceMs: number; untilMs: number }>,
): Promise<Map<string, Utterance[]>> {
  const moment = (ms: number) => new Date(ms).toISOString()
  const { rows } = await client.query<HeardRow>({
    name: 'heard lately',
    text: `select g.key::text, h.utterance::text, h.first_id is null as "isFirst", c.name as listener,
         (extract(epoch from h.received_at) * 1000)::float8 as "receivedMs", h.at as "clientAt",
         h.received_at as "receivedAt", h.text, h.color, h.channel, h.sender
       from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[]) g(key, since, until)
       cross join lateral (select m.*, coalesce(m.first_id, m.id) as utterance from chat m
         where m.speech_key = g.key and m.received_at between g.since and g.until offset 0) h
       join characters c on c.id = h.character_id
       order by h.id`,
    values: [
      [...spans.keys()],
      [...spans.values()].map(({ sinceMs }) => moment(sinceMs - 2 * UTTERANCE_WINDOW_MS)),
      [...spans.values()].map(({ untilMs }) => moment(untilMs + 2 * UTTERANCE_WINDOW_MS)),
    ],
  })
  const known = new Map<string, Map<string, Utterance>>()
  for (const { key, utterance: id, isFirst, listener, receivedMs, ...line } of rows) {
    const ofKey = known.get(key) ?? new Map<string, Utterance>()
    known.set(key, ofKey)
    if (isFirst) ofKey.set(id, { id, receivedMs, listeners: [], first: { ...line, character: listener } })
    // A first line outside the times read is too far from every line that is stored now.
    ofKey.get(id)?.listeners.push(listener)
  }
  return new Map([...known].map(([key, utterances]) => [key, [...utterances.values()]]))
}

/**
 * Numbers in the order of storage. Readers in order wait for transactions that hold the lock of an insert, so it is
 * taken before the first number is drawn: by inserting nothing.
 */
async function drawIds(client: Client, count: number, ids: IdCache): Promise<string[]> {
  const locked = insert(client, [], ids)
  const drawn = client.query<{ id: string }>("select nextval('chat_ids')::text as id from generate_series(1, $1)", [
    count,
  ])
  const [, { rows }] = await Promise.all([locked, drawn])
  return rows.map(({ id }) => id)
}
