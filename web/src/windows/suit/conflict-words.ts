// Why no suit is possible, said plainly, with the ways out that somebody can click.
import { setName } from '../../../../shared/world/equipment-sets.ts'
import type { Conflict, Demand } from './suit.ts'
import { type Wishes, placeNames, places, without } from './wishes.ts'

/** Of the body, that pieces of sets are worn on. */
const PARTS = 9

export interface WayOut {
  text: string
  wishes: Wishes
}

/** What a demand asks for, as a sentence. */
export function demandText({ kind, text, there }: Demand, wishes: Wishes): string {
  const lock = kind === 'LOCK' && wishes.locked.find(({ item }) => text.includes(item))
  if (lock) return there ? `“${lock.name}” is locked.` : `“${lock.name}” is locked, and cannot be worn there.`
  return `You ask for ${text.replace(/, (\d+) items? there$/, '')}; ${there === 0 ? 'nothing fits' : there === 1 ? 'only 1 item fits' : `${there} items fit`}.`
}

/** How to ask for less; null when the demand is none of these wishes any more. */
export function wayOut({ kind, text, there }: Demand, wishes: Wishes): WayOut | null {
  if (kind === 'SET') {
    const set = wishes.sets.find(({ id }) => text.includes(` of ${setName(id)},`))
    if (!set) return null
    const others = wishes.sets.reduce((sum, one) => (one === set ? sum : sum + one.pieces), 0)
    const pieces = Math.max(0, Math.min(there, set.pieces - 1, PARTS - others))
    const sets = wishes.sets.map((one) => (one === set ? { ...one, pieces } : one))
    return { text: pieces ? `Ask for ${pieces} of ${setName(set.id)}` : `Do without ${setName(set.id)}`, wishes: { ...wishes, sets } } // prettier-ignore
  }
  if (kind === 'SPELL') {
    const spell = wishes.spells.find(({ label }) => text.includes(` ${label} or better`))
    if (!spell) return null
    const spells = wishes.spells.map((one) => (one === spell ? { ...one, must: false } : one))
    return { text: `Want ${spell.label}, but not as a must`, wishes: { ...wishes, spells } }
  }
  if (kind === 'FLOOR') {
    const place = places.find((one) => text.includes(` at ${one.toLowerCase().replace('_', ' ')},`))
    if (!place) return null
    const { [place]: _, ...floors } = wishes.floors
    return { text: `Let ${placeNames[place].toLowerCase()} be bare`, wishes: { ...wishes, floors } }
  }
  const lock = wishes.locked.find(({ item }) => text.includes(item))
  return lock ? { text: `Unlock ${lock.name}`, wishes: without(wishes, lock.item) } : null
}

/** Each demand in conflict as a sentence, with its way out. */
export const conflictAnswers = (conflicts: readonly Conflict[], wishes: Wishes) =>
  conflicts.flatMap(({ wearer, demands }) =>
    demands.map((demand) => ({ wearer, text: demandText(demand, wishes), way: wayOut(demand, wishes) })),
  )
