// Reading the sheet: names as the game shows them, and an allegiance that comes as the plugin sent it.
import { byText } from '../../language/language.ts'
import { computed } from 'vue'
import { locale } from '../../language/language.ts'

/** `war_magic` → `War magic`. */
export function readableName(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const day = computed(() => new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }))
/** A moment as clients of today write it becomes a day; any other wording stays as it is. */
export function readableBirth(birth: string | null | undefined): string | null {
  if (!birth) return null
  const at = /^\d{4}-\d{2}-\d{2}T/.test(birth) ? new Date(birth) : null
  return at && !Number.isNaN(at.getTime()) ? day.value.format(at) : birth
}

export interface Allegiance {
  name: string | null
  rank: number | null
  followers: number | null
  monarch: string | null
  patron: string | null
  vassals: string[]
}

/** Takes what it knows out of any JSON; null where that is nothing. */
export function readAllegiance(sent: unknown): Allegiance | null {
  if (typeof sent !== 'object' || sent === null) return null
  const received = sent as Record<string, unknown>
  const text = (value: unknown): string | null => {
    if (typeof value === 'string') return value || null
    return typeof value === 'object' && value !== null && 'name' in value ? text(value.name) : null
  }
  const number = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null)
  const read: Allegiance = {
    name: text(received.name),
    rank: number(received.rank),
    followers: number(received.followers),
    monarch: text(received.monarch),
    patron: text(received.patron),
    vassals: Array.isArray(received.vassals) ? received.vassals.map(text).filter((name) => name !== null) : [],
  }
  return Object.values(read).some((value) => value !== null && (!Array.isArray(value) || value.length > 0))
    ? read
    : null
}

const TRAINING = ['SPECIALIZED', 'TRAINED']
/** Specialized first, then trained, then the rest; the best first within each. */
export function sortSkills<Skill extends { name: string; base: number | null; training: string | null }>(
  skills: readonly Skill[],
): Skill[] {
  const rank = (skill: Skill) => {
    const at = TRAINING.indexOf(skill.training ?? '')
    return at < 0 ? TRAINING.length : at
  }
  return [...skills].sort((a, b) => rank(a) - rank(b) || (b.base ?? 0) - (a.base ?? 0) || byText(a.name, b.name))
}
