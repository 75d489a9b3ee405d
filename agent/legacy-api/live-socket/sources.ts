import type { DocumentNode } from 'graphql'
import { LegacyApiItemDocument } from './item.query.gen.ts'
import { LegacyApiTelemetryDocument } from './telemetry.subscription.gen.ts'
import { LegacyApiVitalsDocument } from './vitals.subscription.gen.ts'
import { LegacyApiChatDocument } from './chat.subscription.gen.ts'
import { LegacyApiRaresDocument } from './rares.subscription.gen.ts'
import { LegacyApiFightsDocument } from './fights.subscription.gen.ts'
import { LegacyApiSheetsDocument } from './sheets.subscription.gen.ts'
import { LegacyApiInventoriesDocument } from './inventories.subscription.gen.ts'
import { LegacyApiFramesDocument } from './frames.subscription.gen.ts'
// Where the frames of the old live socket come from: subscriptions of the graph, each event as the frame the plugin
// sent.
import type { Ask } from '../ask.ts'
import { totalsOf, type Totals } from '../combat.ts'
import { itemsOf, MAX_ITEMS } from '../inventory.ts'
import { itemFrame, signed } from '../item.ts'
import { type Telemetry } from '../live.ts'
import { timeSpan } from '../moment.ts'

/** A frame as old clients know it. `type` is what they subscribe to; telemetry itself carries none. */
export interface LiveFrame {
  type: string
  body: Record<string, unknown>
}

export interface Source {
  /** Types of the frames it gives; null for all that no other source gives. */
  types: readonly string[] | null
  document: DocumentNode
  /** The frames that one event amounts to. */
  framesFrom(event: never, ask: Ask): LiveFrame[] | Promise<LiveFrame[]>
}

interface Named {
  character: { name: string }
}
/** An event with the time of the client's clock. */
interface Reported extends Named {
  clientAt: string
}

const framesOf = (type: string, body: Record<string, unknown>): LiveFrame[] => [{ type, body: { type, ...body } }]
const headOf = ({ character }: Named, timestamp: string) => ({ timestamp, character_name: character.name })

/** Browsers took typed telemetry for a whole player: the original sent it without a type, and so do we. */
const telemetry: Source = {
  types: ['telemetry'],
  document: LegacyApiTelemetryDocument,
  framesFrom: (event: Telemetry & Reported & { tag: string | null }) => [
    {
      type: 'telemetry',
      body: {
        ...headOf(event, event.clientAt),
        char_tag: event.tag,
        session_id: event.sessionId,
        ew: event.ew,
        ns: event.ns,
        z: event.z,
        kills: event.kills,
        kills_per_hour: event.killsPerHour,
        onlinetime: event.onlineSeconds === null ? null : timeSpan(event.onlineSeconds),
        deaths: event.deaths,
        total_deaths: event.totalDeaths,
        rares_found: event.raresFound,
        prismatic_taper_count: event.tapers,
        vt_state: event.state,
        mem_mb: event.memoryMb,
        cpu_pct: event.cpuPercent,
        mem_handles: event.handles,
        latency_ms: event.latencyMs,
      },
    },
  ],
}

type VitalsName = 'health' | 'stamina' | 'mana'
type Vitals = Reported & { vitae: number | null } & Record<
    VitalsName | `max${Capitalize<VitalsName>}` | `${VitalsName}Percent`,
    number | null
  >

const vitals: Source = {
  types: ['vitals'],
  document: LegacyApiVitalsDocument,
  framesFrom: (event: Vitals) =>
    framesOf('vitals', {
      ...headOf(event, event.clientAt),
      health_current: event.health,
      health_max: event.maxHealth,
      health_percentage: event.healthPercent,
      stamina_current: event.stamina,
      stamina_max: event.maxStamina,
      stamina_percentage: event.staminaPercent,
      mana_current: event.mana,
      mana_max: event.maxMana,
      mana_percentage: event.manaPercent,
      vitae: event.vitae,
    }),
}

const chat: Source = {
  types: ['chat'],
  document: LegacyApiChatDocument,
  framesFrom: (event: Reported & { text: string; color: number | null }) =>
    framesOf('chat', { ...headOf(event, event.clientAt), text: event.text, color: event.color }),
}

interface Rare extends Reported {
  name: string
  tier: string
  ew: number | null
  ns: number | null
  z: number | null
}

const rares: Source = {
  types: ['rare'],
  document: LegacyApiRaresDocument,
  framesFrom: (event: Rare) =>
    framesOf('rare', {
      ...headOf(event, event.clientAt),
      name: event.name,
      tier: event.tier.toLowerCase(),
      ew: event.ew,
      ns: event.ns,
      z: event.z,
    }),
}

const fights: Source = {
  types: ['combat_stats'],
  document: LegacyApiFightsDocument,
  framesFrom: ({ at, fight, ...event }: Named & { at: string; fight: { sessionId: string; totals: Totals } }) =>
    framesOf('combat_stats', {
      ...headOf(event, at),
      session_id: fight.sessionId || null,
      session: totalsOf(fight.totals),
    }),
}

const sheets: Source = {
  types: ['character_stats'],
  document: LegacyApiSheetsDocument,
  framesFrom: (event: Named & { raw: Record<string, unknown> }) =>
    framesOf('character_stats', { ...event.raw, type: 'character_stats', character_name: event.character.name }),
}

/** Of more items at once the whole inventory is sent, as at login. */
const MAX_DELTAS = 20

interface InventoryChange extends Named {
  at: string
  added: string[]
  updated: string[]
  removed: string[]
}

const inventories: Source = {
  types: ['full_inventory', 'inventory_delta'],
  document: LegacyApiInventoriesDocument,
  async framesFrom(event: InventoryChange, ask) {
    const { added, updated, removed } = event
    if (added.length + updated.length + removed.length > MAX_DELTAS) {
      const { items, count } = await itemsOf(ask, event.character.name, MAX_ITEMS)
      return framesOf('full_inventory', { ...headOf(event, event.at), item_count: count, items: items.map(itemFrame) })
    }
    const ids = [...added, ...updated]
    const found = await Promise.all(ids.map((id) => ask(LegacyApiItemDocument, { id })))
    return [
      ...removed.map((id) => ({ action: 'remove', item_id: signed(Number(id.slice(id.lastIndexOf(':') + 1))) })),
      ...found.flatMap(({ item }, i) =>
        item ? [{ action: i < added.length ? 'add' : 'update', item: itemFrame(item) }] : [],
      ),
    ].flatMap((delta) => framesOf('inventory_delta', { ...headOf(event, event.at), ...delta }))
  },
}

/** Everything else is sent as received. */
const others: Source = {
  types: null,
  document: LegacyApiFramesDocument,
  framesFrom: ({ type, body }: { type: string; body: Record<string, unknown> }) => [{ type, body: { ...body, type } }],
}

export const SOURCES: readonly Source[] = [
  telemetry,
  vitals,
  chat,
  rares,
  fights,
  sheets,
  inventories,
  others,
] as Source[]

const ELSEWHERE = new Set(SOURCES.flatMap(({ types }) => types ?? []))

/** Whether a source gives frames that somebody with this filter wants; null wants everything. */
export const gives = ({ types }: Source, wanted: ReadonlySet<string> | null): boolean =>
  wanted === null || (types ? types.some((type) => wanted.has(type)) : [...wanted].some((type) => !ELSEWHERE.has(type)))
