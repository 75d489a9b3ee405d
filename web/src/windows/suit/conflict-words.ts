// Why no suit is possible, said plainly, with the ways out that somebody can click.
import { setName } from '../../../../shared/world/dereth/equipment-sets.ts'
import type { Conflict, Demand } from './suit.ts'
import { type Wishes, without } from './wishes.ts'
import { texts } from './messages.ts'

/** Of the body, that pieces of sets are worn on. */
const PARTS = 9

export interface WayOut {
  text: string
  wishes: Wishes
}

/** What a demand asks for, as a sentence. */
function demandText(demand: Demand, wishes: Wishes): string {
  const { kind, item, candidateCount } = demand
  if (kind === 'LOCK') {
    const name = wishes.locked.find((lock) => lock.item === item)?.name ?? item ?? ''
    return candidateCount ? texts.isLocked(name) : texts.isLockedAndCannotBe(name)
  }
  const fitting = texts.itemsFit(candidateCount)
  return texts.youAskFor(wantedText(demand), candidateCount === 0 ? texts.nothingFits : fitting)
}

function wantedText({ kind, setId, pieces, atLeast, familyName, place, armor }: Demand): string {
  if (kind === 'SET') return texts.piecesOfOfPieces(pieces ?? 0, setName(setId ?? 0))
  if (kind === 'SPELL') return texts.orBetter(atLeast?.toLowerCase() ?? '', familyName ?? '')
  return texts.aPieceWithArmorOr(armor ?? 0, place ? texts.placeNames[place].toLowerCase() : texts.aPlace)
}

/** How to ask for less; null when the demand is none of these wishes any more. */
function wayOut(demand: Demand, wishes: Wishes): WayOut | null {
  const { kind, candidateCount } = demand
  if (kind === 'SET') {
    const set = wishes.sets.find(({ id }) => id === demand.setId)
    if (!set) return null
    const others = wishes.sets.reduce((sum, one) => (one === set ? sum : sum + one.pieces), 0)
    const pieces = Math.max(0, Math.min(candidateCount, set.pieces - 1, PARTS - others))
    const sets = wishes.sets.map((one) => (one === set ? { ...one, pieces } : one))
    return {
      text: pieces ? texts.askForOf(pieces, setName(set.id)) : texts.doWithout(setName(set.id)),
      wishes: { ...wishes, sets },
    }
  }
  if (kind === 'SPELL') {
    const spell = wishes.spells.find(({ family }) => family === demand.family)
    if (!spell) return null
    const spells = wishes.spells.map((one) => (one === spell ? { ...one, must: false } : one))
    return { text: texts.wantButNotAsA(spell.label), wishes: { ...wishes, spells } }
  }
  if (kind === 'FLOOR') {
    const { place } = demand
    if (!place || wishes.floors[place] === undefined) return null
    const { [place]: _, ...floors } = wishes.floors
    return { text: texts.letBeBare(texts.placeNames[place].toLowerCase()), wishes: { ...wishes, floors } }
  }
  const lock = wishes.locked.find(({ item }) => item === demand.item)
  return lock ? { text: texts.unlock(lock.name), wishes: without(wishes, lock.item) } : null
}

/** Each demand in conflict as a sentence, with its way out. */
export const conflictAnswers = (conflicts: readonly Conflict[], wishes: Wishes) =>
  conflicts.flatMap(({ wearer, demands }) =>
    demands.map((demand) => ({ wearer, text: demandText(demand, wishes), way: wayOut(demand, wishes) })),
  )

/** What stands above the demands. */
export function conflictHeading(conflicts: readonly Conflict[]): string {
  const isSure = conflicts.every(({ isSmallest }) => isSmallest)
  const these = conflicts.some(({ isShared }) => isShared) ? texts.eachCouldHaveASuitAlone : texts.theseDoNotGoTogether
  return isSure ? `${these}:` : texts.thereWasNoTimeTo(these)
}
