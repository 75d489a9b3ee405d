import type { WatchComparison, WatchField, WatchRuleInput } from '../../generated/types.ts'
import { nameOfMark } from '../../../../shared/world/dereth/area.ts'
import { formatDuration } from '../../ui/format.ts'
import type { WatchRulesWindowQuery } from './watch-rules.gen.ts'

export type Rule = NonNullable<WatchRulesWindowQuery['watchRules']>['nodes'][number]

/** What can be watched, with its unit. */
export const fields: Record<WatchField, { name: string; unit: string }> = {
  VITAE: { name: 'Vitae', unit: '%' },
  TAPERS: { name: 'Prismatic tapers', unit: '' },
  HEALTH_PERCENT: { name: 'Health', unit: '%' },
  STAMINA_PERCENT: { name: 'Stamina', unit: '%' },
  MANA_PERCENT: { name: 'Mana', unit: '%' },
  STATE: { name: 'Macro state', unit: '' },
  KILLS_PER_HOUR: { name: 'Kills an hour', unit: '' },
  KILLS: { name: 'Kills of the session', unit: '' },
  DEATHS: { name: 'Deaths of the session', unit: '' },
  RARES_FOUND: { name: 'Rares of the session', unit: '' },
  TOTAL_DEATHS: { name: 'Deaths in life', unit: '' },
  ONLINE_SECONDS: { name: 'Time online', unit: 's' },
  LATENCY_MS: { name: 'Latency', unit: 'ms' },
  MEMORY_MB: { name: 'Memory', unit: 'MB' },
  CPU_PERCENT: { name: 'Processor', unit: '%' },
  HANDLES: { name: 'Handles', unit: '' },
  HEALTH: { name: 'Health points', unit: '' },
  STAMINA: { name: 'Stamina points', unit: '' },
  MANA: { name: 'Mana points', unit: '' },
  MAX_HEALTH: { name: 'Greatest health', unit: '' },
  MAX_STAMINA: { name: 'Greatest stamina', unit: '' },
  MAX_MANA: { name: 'Greatest mana', unit: '' },
  EW: { name: 'East (+) or west (−)', unit: 'map units' },
  NS: { name: 'North (+) or south (−)', unit: 'map units' },
  Z: { name: 'Height', unit: 'map units' },
  AREA: { name: 'Area of the map', unit: '' },
}

export const comparisons: Record<WatchComparison, string> = {
  LT: 'is below',
  LTE: 'is at most',
  GT: 'is above',
  GTE: 'is at least',
  EQ: 'is',
  NEQ: 'is not',
  ENTERS: 'is entered',
  LEAVES: 'is left',
}

const OF_STATES: readonly WatchComparison[] = ['EQ', 'NEQ']
const OF_AREAS: readonly WatchComparison[] = ['ENTERS', 'LEAVES']

/** The comparisons a field allows: a state is only equal or not, an area is entered or left. */
export function comparisonsOf(field: WatchField): readonly WatchComparison[] {
  if (field === 'AREA') return OF_AREAS
  if (field === 'STATE') return OF_STATES
  return (Object.keys(comparisons) as WatchComparison[]).filter((one) => !OF_AREAS.includes(one))
}

/** A rule in words: `Health is below 30 % for 1 min, of tag hunters`. */
export function ruleText(rule: Omit<Rule, 'id' | 'mine' | 'owner' | 'name' | 'enabled'>): string {
  const { name, unit } = fields[rule.field]
  const value = rule.field === 'STATE' ? `“${rule.text ?? ''}”` : `${rule.number ?? '?'}${unit && ` ${unit}`}`
  const span = rule.forSeconds > 0 ? ` for ${formatDuration(rule.forSeconds)}` : ''
  const names = rule.characters?.length ? rule.characters.join(', ') : null
  const about = names ? `, of ${names}` : rule.tag ? `, of tag ${rule.tag}` : ''
  if (rule.field === 'AREA') {
    const area = rule.area ? `“${nameOfMark(rule.area.note)}”` : 'An area that is gone'
    return `${area} ${comparisons[rule.comparison]}${span}${about}`
  }
  return `${name} ${comparisons[rule.comparison]} ${value}${span}${about}`
}

/** What the form holds, as it was typed. */
export interface Draft {
  name: string
  field: WatchField
  comparison: WatchComparison
  value: string
  /** The id of an area of the map. */
  areaId: string
  forSeconds: number
  quietSeconds: number
  character: string
}

/** The rule to create, or the reason in words why the draft is none. */
export function readDraft(draft: Draft): WatchRuleInput | string {
  const name = draft.name.trim()
  const value = draft.value.trim()
  if (name.length < 1 || name.length > 80) return 'A name has 1 to 80 characters.'
  if (draft.field === 'AREA' && !draft.areaId) return 'Choose an area. You draw one in the menu of the map.'
  if (draft.field !== 'AREA' && !value) return 'Enter what it is compared with.'
  const figure = Number(value)
  if (draft.field !== 'STATE' && !Number.isFinite(figure)) return `“${value}” is not a number.`
  return {
    name,
    field: draft.field,
    comparison: comparisonsOf(draft.field).includes(draft.comparison)
      ? draft.comparison
      : comparisonsOf(draft.field)[0]!,
    ...comparedWith(draft),
    forSeconds: draft.forSeconds,
    quietSeconds: draft.quietSeconds,
    ...(draft.character && { characters: [draft.character] }),
  }
}

function comparedWith({ field, areaId, value }: Draft): Pick<WatchRuleInput, 'areaId' | 'text' | 'number'> {
  if (field === 'AREA') return { areaId }
  return field === 'STATE' ? { text: value.trim() } : { number: Number(value) }
}

/** The settings of a rule with one changed; an update replaces all of them. */
export function withEnabled(rule: Rule, enabled: boolean): WatchRuleInput {
  const { name, field, comparison, number, text, forSeconds, quietSeconds, severity, tag, characters } = rule
  const areaId = rule.area?.id ?? null
  return { name, field, comparison, number, text, forSeconds, quietSeconds, severity, tag, characters, areaId, enabled }
}
