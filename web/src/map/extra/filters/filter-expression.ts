// The words of a filter of the map, and the `where` of `characters` that they mean.
import { parsePlace } from '../../../../../shared/world/dereth/coordinates.ts'
import { activities, type Activity } from '../../../../../shared/world/activity.ts'
import type { CharacterActivity, CharacterWhere, FigureRange } from '../../../generated/types.ts'
import { texts } from './messages.ts'

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
  const [names, tags, searched]: [string[], string[], string[]] = [[], [], []]
  const states: CharacterActivity[] = []
  for (const [word, minus, key, quoted, bare] of expression.matchAll(WORD)) {
    const value = quoted ?? bare!
    const flag = FLAGS.find((one) => key === undefined && quoted === undefined && one === bare!.toLowerCase())
    if (flag) where[flag] = minus === ''
    else if (minus) return { fault: texts.onlyLiveAndMineCan(word.slice(1)) }
    else if (key === 'tag') tags.push(value)
    else if (key === 'name') names.push(value)
    else if (key === 'near') {
      const near = readNear(value)
      if (!near) return { fault: texts.isNoPlaceWriteNear(value) }
      where.near = near
    } else if (key === 'state') {
      const state = activities.find((one) => one === value.toLowerCase())
      if (!state) return { fault: texts.isNoStateWrite(value, activities.join(', ')) }
      states.push(state.toUpperCase() as Uppercase<Activity>)
    } else if (key === 'health' || key === 'kills') {
      const range = readRange(value)
      if (!range) return { fault: texts.isNoRangeWrite50(value, key) }
      where[FIGURES[key]] = { ...where[FIGURES[key]], ...range }
    } else if (key !== undefined) return { fault: texts.isNotKnownUseTag(key) }
    else if (bare?.toLowerCase() === 'favourite') {
      if (favourites.length === 0) return { fault: texts.youHaveNoFavouritesYet }
      names.push(...favourites)
    } else searched.push(value)
  }
  if (names.length > 0) where.names = names
  if (tags.length > 0) where.tags = tags
  if (states.length > 0) where.activities = states
  if (searched.length > 0) where.text = searched.join(' ')
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
