import type { WatchComparison, WatchField, WatchRuleInput } from '../../generated/types.ts'
import { nameOfMark } from '../../../../shared/world/dereth/area.ts'
import { formatDuration } from '../../ui/format.ts'
import type { WatchRulesWindowQuery } from './watch-rules.gen.ts'
import { texts } from './messages.ts'

export type Rule = NonNullable<WatchRulesWindowQuery['watchRules']>['nodes'][number]

/** What can be watched, with its unit. */
export const fields: Record<WatchField, { name: string; unit: string }> = {
  VITAE: {
    get name() {
      return texts.vitae
    },
    unit: '%',
  },
  TAPERS: {
    get name() {
      return texts.prismaticTapers
    },
    unit: '',
  },
  HEALTH_PERCENT: {
    get name() {
      return texts.health
    },
    unit: '%',
  },
  STAMINA_PERCENT: {
    get name() {
      return texts.stamina
    },
    unit: '%',
  },
  MANA_PERCENT: {
    get name() {
      return texts.mana
    },
    unit: '%',
  },
  STATE: {
    get name() {
      return texts.macroState
    },
    unit: '',
  },
  KILLS_PER_HOUR: {
    get name() {
      return texts.killsAnHour
    },
    unit: '',
  },
  KILLS: {
    get name() {
      return texts.killsOfTheSession
    },
    unit: '',
  },
  DEATHS: {
    get name() {
      return texts.deathsOfTheSession
    },
    unit: '',
  },
  RARES_FOUND: {
    get name() {
      return texts.raresOfTheSession
    },
    unit: '',
  },
  TOTAL_DEATHS: {
    get name() {
      return texts.deathsInLife
    },
    unit: '',
  },
  ONLINE_SECONDS: {
    get name() {
      return texts.timeOnline
    },
    unit: 's',
  },
  LATENCY_MS: {
    get name() {
      return texts.latency
    },
    unit: 'ms',
  },
  MEMORY_MB: {
    get name() {
      return texts.memory
    },
    unit: 'MB',
  },
  CPU_PERCENT: {
    get name() {
      return texts.processor
    },
    unit: '%',
  },
  HANDLES: {
    get name() {
      return texts.handles
    },
    unit: '',
  },
  HEALTH: {
    get name() {
      return texts.healthPoints
    },
    unit: '',
  },
  STAMINA: {
    get name() {
      return texts.staminaPoints
    },
    unit: '',
  },
  MANA: {
    get name() {
      return texts.manaPoints
    },
    unit: '',
  },
  MAX_HEALTH: {
    get name() {
      return texts.greatestHealth
    },
    unit: '',
  },
  MAX_STAMINA: {
    get name() {
      return texts.greatestStamina
    },
    unit: '',
  },
  MAX_MANA: {
    get name() {
      return texts.greatestMana
    },
    unit: '',
  },
  EW: {
    get name() {
      return texts.eastOrWest
    },
    get unit() {
      return texts.mapUnits
    },
  },
  NS: {
    get name() {
      return texts.northOrSouth
    },
    get unit() {
      return texts.mapUnits
    },
  },
  Z: {
    get name() {
      return texts.height
    },
    get unit() {
      return texts.mapUnits
    },
  },
  AREA: {
    get name() {
      return texts.areaOfTheMap
    },
    unit: '',
  },
}

const OF_STATES: readonly WatchComparison[] = ['EQ', 'NEQ']
const OF_AREAS: readonly WatchComparison[] = ['ENTERS', 'LEAVES']

/** The comparisons a field allows: a state is only equal or not, an area is entered or left. */
export function comparisonsOf(field: WatchField): readonly WatchComparison[] {
  if (field === 'AREA') return OF_AREAS
  if (field === 'STATE') return OF_STATES
  return (Object.keys(texts.comparisons) as WatchComparison[]).filter((one) => !OF_AREAS.includes(one))
}

/** A rule in words: `Health is below 30 % for 1 min, of tag hunters`. */
export function ruleText(rule: Omit<Rule, 'id' | 'mine' | 'owner' | 'name' | 'enabled'>): string {
  const { name, unit } = fields[rule.field]
  const value = rule.field === 'STATE' ? `“${rule.text ?? ''}”` : `${rule.number ?? '?'}${unit && ` ${unit}`}`
  const span = rule.forSeconds > 0 ? texts.forOfForSeconds(formatDuration(rule.forSeconds)) : ''
  const names = rule.characters?.length ? rule.characters.join(', ') : null
  const about = names ? texts.of(names) : rule.tag ? texts.ofTag(rule.tag) : ''
  if (rule.field === 'AREA') {
    const area = rule.area ? `“${nameOfMark(rule.area.note)}”` : texts.anAreaThatIsGone
    return `${area} ${texts.comparisons[rule.comparison]}${span}${about}`
  }
  return `${name} ${texts.comparisons[rule.comparison]} ${value}${span}${about}`
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
  if (name.length < 1 || name.length > 80) return texts.aNameHas1To
  if (draft.field === 'AREA' && !draft.areaId) return texts.chooseAnAreaYouDraw
  if (draft.field !== 'AREA' && !value) return texts.enterWhatItIsCompared
  const figure = Number(value)
  if (draft.field !== 'STATE' && !Number.isFinite(figure)) return texts.isNotANumber(value)
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
