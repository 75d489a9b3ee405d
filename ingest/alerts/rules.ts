// The rules of alerts as the database holds them: built-in ones with an admin's settings, and those people made.
import { WATCH_FIELDS, type AlertKind, type Comparison, type Severity } from '../../shared/contract/watch.ts'
import type { TelemetryEvent, VitalsEvent } from '../../shared/contract/topics.ts'
import type { Client, Pool } from '../../shared/db/pool.ts'

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
  /** Null: this row says nothing of it. */
  holds(row: TelemetryEvent | VitalsEvent): boolean | null
  describe(row: TelemetryEvent | VitalsEvent): { text: string; details: Record<string, unknown> }
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
        `select id::text as id, name, characters, tag, field, comparison, number, word, for_s, quiet_s, severity,
          revision, owner_name
         from watch_rules where enabled`,
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

const SIGNS: Record<Comparison, string> = { LT: '<', LTE: '≤', GT: '>', GTE: '≥', EQ: '=', NEQ: '≠' }
const compares: Record<Comparison, (a: number, b: number) => boolean> = {
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
  const [source, name] = field
  const value = (row: TelemetryEvent | VitalsEvent) => (row as unknown as Record<string, unknown>)[name]
  const wanted = rule.word?.trim().toLowerCase() ?? ''
  const number = rule.number ?? 0
  const compare = compares[rule.comparison]
  const characters = rule.characters && new Set(rule.characters)
  const threshold = rule.field === 'STATE' ? rule.word : rule.number
  return [
    {
      key: rule.id,
      revision: rule.revision,
      kind: 'WATCH',
      severity: rule.severity,
      source,
      forMs: rule.for_s * 1000,
      quietMs: rule.quiet_s * 1000,
      watches: (character, tag) =>
        characters ? characters.has(character) : rule.tag === null || tag?.toLowerCase() === rule.tag.toLowerCase(),
      holds(row) {
        const now = value(row)
        if (typeof now === 'number') return compare(now, number)
        if (typeof now === 'string') return (now.trim().toLowerCase() === wanted) === (rule.comparison !== 'NEQ')
        return null
      },
      describe: (row) => ({
        text:
          `${rule.name}: ${row.character} has ${rule.field.toLowerCase().replaceAll('_', ' ')} ${String(value(row))} ` +
          `(${SIGNS[rule.comparison]} ${threshold}${rule.for_s ? ` for ${span(rule.for_s * 1000)}` : ''})`,
        details: {
          ruleId: rule.id,
          rule: rule.name,
          owner: rule.owner_name,
          field: rule.field,
          comparison: rule.comparison,
          threshold,
          value: value(row),
          forSeconds: rule.for_s,
        },
      }),
    },
  ]
}

function span(ms: number): string {
  return ms >= 60_000 ? `${Math.round(ms / 6_000) / 10} min` : `${Math.round(ms / 100) / 10} s`
}
