// The rules of alerts as the database holds them: built-in ones with an admin's settings, and those people made.
import { WATCH_FIELDS, type AlertKind, type Comparison, type Severity } from '../../shared/contract/watch.ts'
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Client, Pool } from '../../shared/db/pool.ts'
import { contains, nameOfMark, type Area } from '../../shared/world/dereth/area.ts'
import type { Place } from '../../shared/world/dereth/coordinates.ts'

export interface Setting {
  enabled: boolean
  afterMs: number
  quietMs: number
  /** In lower case. */
  words: readonly string[]
}

/** A condition that must hold for a time: raises one alert per episode. */
export interface EpisodeRule {
  /** Names it in watch_states. */
  key: string
  /** Episodes of another revision are ignored. */
  revision: number
  kind: AlertKind
  severity: Severity
  source: 'telemetry' | 'vitals'
  forMs: number
  quietMs: number
  /** Whether it looks at this character. */
  watches(character: string, tag: string | null): boolean
  /** Null: this row says nothing of it. `known` is what was known before the row. */
  holds(row: TelemetryEvent | VitalsEvent, known?: KnownBefore): boolean | null
  describe(row: TelemetryEvent | VitalsEvent): { text: string; details: Record<string, unknown> }
}

/** What was known of a character before a row. */
export interface KnownBefore {
  /** Its last place; null if it never had one. */
  place: Place | null
  /** Whether an episode of the rule is open. */
  isOpen: boolean
}

export interface Rules {
  version: number
  settings: ReadonlyMap<AlertKind, Setting>
  episodes: readonly EpisodeRule[]
}

export interface WatchRuleRow {
  id: string
  name: string
  characters: string[] | null
  tag: string | null
  field: string
  comparison: Comparison
  number: number | null
  word: string | null
  for_s: number
  quiet_s: number
  severity: Severity
  revision: number
  owner_name: string
  /** The area it is about; null if it is about none, or about one that is gone or not for everyone. */
  area: WatchedArea | null
}

export interface WatchedArea extends Area {
  id: string
  note: string
  expires_at: string | null
}

/** Reads every rule that is to be followed. */
export async function loadRules(client: Client | Pool): Promise<Rules> {
  const { rows: versions } = await client.query<{ version: number }>('select version from watch_version')
  const { rows } = await client.query<{
    kind: AlertKind
    enabled: boolean
    after_s: number
    quiet_s: number
    words: string[]
  }>('select kind, enabled, after_s, quiet_s, words from alert_settings')
  const settings = new Map(
    rows.map(({ kind, enabled, after_s, quiet_s, words }) => [
      kind,
      { enabled, afterMs: after_s * 1000, quietMs: quiet_s * 1000, words: words.map((word) => word.toLowerCase()) },
    ]),
  )
  const { rows: made } = settings.get('WATCH')?.enabled
    ? await client.query<WatchRuleRow>(
        `select r.id::text as id, r.name, r.characters, r.tag, r.field, r.comparison, r.number, r.word, r.for_s,
           r.quiet_s, r.severity, r.revision, r.owner_name,
           case when m.id is not null then json_build_object('id', m.id, 'note', m.note, 'shape', m.shape,
             'radius', m.radius, 'expires_at', m.expires_at, 'points',
             (select json_agg(json_build_object('ew', p.ew, 'ns', p.ns) order by p.n)
              from unnest(m.ew, m.ns) with ordinality as p(ew, ns, n))) end as area
         from watch_rules r left join map_marks m on m.id = r.area_id and m.audience = 'EVERYONE'
         where r.enabled`,
      )
    : { rows: [] }
  const idle = settings.get('IDLE')
  return {
    version: versions[0]!.version,
    settings,
    episodes: [...(idle?.enabled ? [idleRule(idle)] : []), ...made.flatMap(watchRule)],
  }
}

/** Someone who stands about: caught in a portal, stuck on the way, or forgotten. */
export function idleRule({ afterMs, quietMs, words }: Setting): EpisodeRule {
  const idle = new Set(words)
  const answers = new Map<string, boolean>() // states repeat: spare the lower case
  return {
    key: 'IDLE',
    revision: 0,
    kind: 'IDLE',
    severity: 'WARNING',
    source: 'telemetry',
    forMs: afterMs,
    quietMs,
    watches: () => true,
    holds(row) {
      const { state } = row as TelemetryEvent
      if (state === null) return null
      let answer = answers.get(state)
      if (answer === undefined) {
        answer = idle.has(state.trim().toLowerCase())
        if (answers.size < 1000) answers.set(state, answer)
      }
      return answer
    },
    describe: (row) => ({
      text: `${row.character} has been idle for ${span(afterMs)}`,
      details: { state: (row as TelemetryEvent).state, forSeconds: afterMs / 1000 },
    }),
  }
}

const SIGNS: Partial<Record<Comparison, string>> = { LT: '<', LTE: '≤', GT: '>', GTE: '≥', EQ: '=', NEQ: '≠' }
const compares: Partial<Record<Comparison, (a: number, b: number) => boolean>> = {
  LT: (a, b) => a < b,
  LTE: (a, b) => a <= b,
  GT: (a, b) => a > b,
  GTE: (a, b) => a >= b,
  EQ: (a, b) => a === b,
  NEQ: (a, b) => a !== b,
}

/** A person's rule; none when it names a field we do not have. */
export function watchRule(rule: WatchRuleRow): EpisodeRule[] {
  const field = WATCH_FIELDS.get(rule.field)
  if (!field) return []
  const characters = rule.characters && new Set(rule.characters)
  return [
    {
      key: rule.id,
      revision: rule.revision,
      kind: 'WATCH',
      severity: rule.severity,
      source: field[0],
      forMs: rule.for_s * 1000,
      quietMs: rule.quiet_s * 1000,
      watches: (character, tag) =>
        characters ? characters.has(character) : rule.tag === null || tag?.toLowerCase() === rule.tag.toLowerCase(),
      ...(rule.field === 'AREA' ? areaCondition(rule) : fieldCondition(rule, field[1])),
    },
  ]
}

type Condition = Pick<EpisodeRule, 'holds' | 'describe'>

function fieldCondition(rule: WatchRuleRow, name: string): Condition {
  const value = (row: TelemetryEvent | VitalsEvent) => (row as unknown as Record<string, unknown>)[name]
  const wanted = rule.word?.trim().toLowerCase() ?? ''
  const number = rule.number ?? 0
  const compare = compares[rule.comparison]
  const threshold = rule.field === 'STATE' ? rule.word : rule.number
  return {
    holds(row) {
      const now = value(row)
      if (typeof now === 'number') return compare?.(now, number) ?? null
      if (typeof now === 'string') return (now.trim().toLowerCase() === wanted) === (rule.comparison !== 'NEQ')
      return null
    },
    describe: (row) => ({
      text:
        `${rule.name}: ${row.character} has ${rule.field.toLowerCase().replaceAll('_', ' ')} ${String(value(row))} ` +
        `(${SIGNS[rule.comparison]} ${threshold}${rule.for_s ? ` for ${span(rule.for_s * 1000)}` : ''})`,
      details: { ...detailsOf(rule), threshold, value: value(row) },
    }),
  }
}

/**
 * Entering and leaving an area. Both are changes of side: who is first heard inside has not entered. It holds until the
 * character changes sides again.
 */
function areaCondition(rule: WatchRuleRow): Condition {
  const { area } = rule
  const isEntry = rule.comparison === 'ENTERS'
  const isOnSide = (place: Place) => contains(area!, place) === isEntry
  const endMs = area?.expires_at ? Date.parse(area.expires_at) : Infinity
  return {
    holds(row, known) {
      const { ew, ns, receivedAt } = row as TelemetryEvent
      if (ew === null || ns === null) return null
      if (!area || Date.parse(receivedAt) >= endMs || !isOnSide({ ew, ns })) return false
      return Boolean(known && (known.isOpen || (known.place && !isOnSide(known.place))))
    },
    describe: (row) => ({
      text: `${rule.name}: ${row.character} ${isEntry ? 'entered' : 'left'} “${nameOfMark(area?.note ?? '')}”`,
      details: { ...detailsOf(rule), areaId: area?.id ?? null, area: nameOfMark(area?.note ?? '') },
    }),
  }
}

const detailsOf = (rule: WatchRuleRow) => ({
  ruleId: rule.id,
  rule: rule.name,
  owner: rule.owner_name,
  field: rule.field,
  comparison: rule.comparison,
  forSeconds: rule.for_s,
})

function span(ms: number): string {
  return ms >= 60_000 ? `${Math.round(ms / 6_000) / 10} min` : `${Math.round(ms / 100) / 10} s`
}
