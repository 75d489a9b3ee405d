// What a character is doing, read from the plugin's own words and from how it fares. Colour and shape follow from it.

export const activities = ['hunting', 'travelling', 'idle', 'dead'] as const
export type Activity = (typeof activities)[number]

/** After a death its vitae penalty has just risen: the character is at its lifestone for about this long. */
const DEATH_MS = 60_000

const WORDS: readonly [RegExp, Activity][] = [
  [/dead|died|death/i, 'dead'],
  [/nav|travel|portal|recall|run|walk|move|follow/i, 'travelling'],
  [/idle|stop|off|wait|rest|afk|none|unknown/i, 'idle'],
]

/** The macro's words, sorted; a word we do not know is taken for work. */
export function activityOf(state: string | null | undefined): Activity {
  if (!state?.trim()) return 'idle'
  return WORDS.find(([pattern]) => pattern.test(state))?.[1] ?? 'hunting'
}

export function isDead(health: number, vitaeRoseAt: number, now: number): boolean {
  return health === 0 || (vitaeRoseAt > 0 && now - vitaeRoseAt < DEATH_MS)
}
