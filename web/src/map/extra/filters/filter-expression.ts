// The words of a filter of the map, and the `where` of `characters` that they mean.
import { parsePlace } from '../../../../../shared/world/dereth/coordinates.ts'
import { activities, type Activity } from '../../../../../shared/world/activity.ts'
import type { CharacterActivity, CharacterWhere, FigureRange } from '../../../generated/types.ts'

export type Read = { where: CharacterWhere } | { fault: string }

/** Known to the words: who is a favourite. */
interface Known {
  favourites: readonly string[]
}

const WORD = /(-?)(?:(\w+):)?(?:"([^"]*)"|(\S+))/g
const RANGE = /^(?:([<>])=?)?(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/
const FIGURES = { health: 'healthPercent', kills: 'killsPerHour' } as const
const DISTANCE = 5
const FLAGS = ['live', 'mine'] as const

/**
 * Reads `live tag:mules -mine near:42.1N,33.6E,2 state:idle health:<50 kills:100-400 name:"Larsson II" favourite lars`.
 * Names, tags and states add up, everything else narrows; other words are looked for in names.
 */
export function readFilter(expression: string, { favourites }: Known): Read {
  const where: CharacterWhere = {}
  const [names, tags, texts]: [string[], string[], string[]] = [[], [], []]
  const states: CharacterActivity[] = []
  for (const [word, minus, key, quoted, bare] of expression.matchAll(WORD)) {
    const value = quoted ?? bare!
    const flag = FLAGS.find((one) => key === undefined && quoted === undefined && one === bare!.toLowerCase())
    if (flag) where[flag] = minus === ''
    else if (minus) return { fault: `Only live and mine can be negated, not “${word.slice(1)}”.` }
    else if (key === 'tag') tags.push(value)
    else if (key === 'name') names.push(value)
    else if (key === 'near') {
      const near = readNear(value)
      if (!near) return { fault: `“${value}” is no place: write near:42.1N,33.6E or near:42.1N,33.6E,2.` }
      where.near = near
    } else if (key === 'state') {
      const state = activities.find((one) => one === value.toLowerCase())
      if (!state) return { fault: `“${value}” is no state: write ${activities.join(', ')}.` }
      states.push(state.toUpperCase() as Uppercase<Activity>)
    } else if (key === 'health' || key === 'kills') {
      const range = readRange(value)
      if (!range) return { fault: `“${value}” is no range: write ${key}:<50, ${key}:>50 or ${key}:20-80.` }
      where[FIGURES[key]] = { ...where[FIGURES[key]], ...range }
    } else if (key !== undefined)
      return { fault: `“${key}:” is not known: use tag:, name:, near:, state:, health: or kills:.` }
    else if (bare?.toLowerCase() === 'favourite') {
      if (favourites.length === 0) return { fault: 'You have no favourites yet: the menu of a dot adds them.' }
      names.push(...favourites)
    } else texts.push(value)
  }
  if (names.length > 0) where.names = names
  if (tags.length > 0) where.tags = tags
  if (states.length > 0) where.activities = states
  if (texts.length > 0) where.text = texts.join(' ')
  return { where }
}

/** `<50` and `>50` include 50, so that `health:<0` finds those who have none. */
function readRange(value: string): FigureRange | null {
  const [, sign, first, second] = RANGE.exec(value) ?? []
  if (first === undefined || (sign && second !== undefined)) return null
  const min = Number(first)
  if (sign) return sign === '<' ? { max: min } : { min }
  const max = Number(second ?? first)
  return max < min ? null : { min, max }
}

function readNear(value: string): CharacterWhere['near'] | null {
  const [ns = '', ew = '', distance = String(DISTANCE)] = value.split(',')
  const place = parsePlace(`${ns} ${ew}`)
  const reach = distance.trim() === '' ? NaN : Number(distance)
  return place && reach >= 0 && reach <= 300 ? { ...place, distance: reach } : null
}
