// What a character is doing, read from the plugin's own words. Colour and shape on the map follow from it.

export const activities = ['hunting', 'travelling', 'idle', 'dead'] as const
export type Activity = (typeof activities)[number]

/**
 * Patterns of the macro's words, the first that fits before the others, ignoring case: written so that regular
 * expressions of JavaScript and of Postgres read them alike. A word that none fits is taken for work.
 */
export const activityWords: readonly [pattern: string, Activity][] = [
  ['dead|died|death', 'dead'],
  ['nav|travel|portal|recall|run|walk|move|follow', 'travelling'],
  ['idle|stop|off|wait|rest|afk|none|unknown', 'idle'],
]
const patterns = activityWords.map(([pattern, activity]) => [new RegExp(pattern, 'i'), activity] as const)

export function activityOf(state: string | null | undefined): Activity {
  if (!state?.trim()) return 'idle'
  return patterns.find(([pattern]) => pattern.test(state))?.[1] ?? 'hunting'
}
