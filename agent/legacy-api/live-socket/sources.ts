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
// Where the frames of the old live socket come from: subscriptions of the graph, each event retold as the plugin told it.
import type { Ask } from '../ask.ts'
import { totalsOf, type Totals } from '../combat.ts'
import { itemsOf, MOST_ITEMS } from '../inventory.ts'
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
  retell(event: never, ask: Ask): LiveFrame[] | Promise<LiveFrame[]>
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
  retell: (told: Telemetry & Reported & { tag: string | null }) => [
    {
      type: 'telemetry',
      body: {
        ...headOf(told, told.clientAt),
        char_tag: told.tag,
        session_id: told.sessionId,
        ew: told.ew,
        ns: told.ns,
        z: told.z,
        kills: told.kills,
        kills_per_hour: told.killsPerHour,
        onlinetime: told.onlineSeconds === null ? null : timeSpan(told.onlineSeconds),
        deaths: told.deaths,
        total_deaths: told.totalDeaths,
        rares_found: told.raresFound,
        prismatic_taper_count: told.tapers,
        vt_state: told.state,
        mem_mb: told.memoryMb,
        cpu_pct: told.cpuPercent,
        mem_handles: told.handles,
        latency_ms: told.latencyMs,
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
  retell: (told: Vitals) =>
    framesOf('vitals', {
      ...headOf(told, told.clientAt),
      health_current: told.health,
      health_max: told.maxHealth,
      health_percentage: told.healthPercent,
      stamina_current: told.stamina,
      stamina_max: told.maxStamina,
      stamina_percentage: told.staminaPercent,
      mana_current: told.mana,
      mana_max: told.maxMana,
      mana_percentage: told.manaPercent,
      vitae: told.vitae,
    }),
}

const chat: Source = {
  types: ['chat'],
  document: LegacyApiChatDocument,
  retell: (told: Reported & { text: string; color: number | null }) =>
    framesOf('chat', { ...headOf(told, told.clientAt), text: told.text, color: told.color }),
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
  retell: (told: Rare) =>
    framesOf('rare', {
      ...headOf(told, told.clientAt),
      name: told.name,
      tier: told.tier.toLowerCase(),
      ew: told.ew,
      ns: told.ns,
      z: told.z,
    }),
}

const fights: Source = {
  types: ['combat_stats'],
  document: LegacyApiFightsDocument,
  retell: ({ at, fight, ...told }: Named & { at: string; fight: { sessionId: string; totals: Totals } }) =>
    framesOf('combat_stats', {
      ...headOf(told, at),
      session_id: fight.sessionId || null,
      session: totalsOf(fight.totals),
    }),
}

const sheets: Source = {
  types: ['character_stats'],
  document: LegacyApiSheetsDocument,
  retell: (told: Named & { raw: Record<string, unknown> }) =>
    framesOf('character_stats', { ...told.raw, type: 'character_stats', character_name: told.character.name }),
}

/** Of more items at once the whole inventory is told, as at login. */
const MOST_DELTAS = 20

interface InventoryChange extends Named {
  at: string
  added: string[]
  updated: string[]
  removed: string[]
}

const inventories: Source = {
  types: ['full_inventory', 'inventory_delta'],
  document: LegacyApiInventoriesDocument,
  async retell(told: InventoryChange, ask) {
    const { added, updated, removed } = told
    if (added.length + updated.length + removed.length > MOST_DELTAS) {
      const { items, count } = await itemsOf(ask, told.character.name, MOST_ITEMS)
      return framesOf('full_inventory', { ...headOf(told, told.at), item_count: count, items: items.map(itemFrame) })
    }
    const ids = [...added, ...updated]
    const found = await Promise.all(ids.map((id) => ask(LegacyApiItemDocument, { id })))
    return [
      ...removed.map((id) => ({ action: 'remove', item_id: signed(Number(id.slice(id.lastIndexOf(':') + 1))) })),
      ...found.flatMap(({ item }, i) =>
        item ? [{ action: i < added.length ? 'add' : 'update', item: itemFrame(item) }] : [],
      ),
    ].flatMap((delta) => framesOf('inventory_delta', { ...headOf(told, told.at), ...delta }))
  },
}

/** Everything else goes as it came. */
const others: Source = {
  types: null,
  document: LegacyApiFramesDocument,
  retell: ({ type, body }: { type: string; body: Record<string, unknown> }) => [{ type, body: { ...body, type } }],
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
