import { byText } from '../../language/language.ts'
import type { QuestState } from '../../generated/types.ts'
import { texts } from './messages.ts'

/** The answer of the graph: for each quest, one state and moment per character. */
export interface Matrix {
  characters: readonly { name: string }[]
  quests: readonly { name: string; readyAt: readonly (string | null)[]; states: readonly QuestState[] }[]
}

/** One quest of one character. */
export interface QuestCell {
  quest: string
  character: string
  state: 'ready' | 'waiting' | 'unknown'
  /** Milliseconds until it is ready; 0 when it is, null while that is not known. */
  leftMs: number | null
}

export interface QuestFilter {
  /** Part of a quest's name, in any case. */
  text: string
  /** Exact name; empty for all. */
  character: string
  readyOnly: boolean
}

/** The quest of one character at a moment; null when its client never reported it. */
export function cellAt(matrix: Matrix, quest: number, character: number, now: number): QuestCell | null {
  const row = matrix.quests[quest]!
  const state = row.states[character]
  if (!state || state === 'NEVER_REPORTED') return null
  const at = row.readyAt[character] ?? null
  const names = { quest: row.name, character: matrix.characters[character]!.name }
  // A timer that ended since the answer is ready: nobody reports that moment.
  if (state === 'READY' || (at !== null && Date.parse(at) <= now)) return { ...names, state: 'ready', leftMs: 0 }
  if (at === null) return { ...names, state: 'unknown', leftMs: null }
  return { ...names, state: 'waiting', leftMs: Date.parse(at) - now }
}

/** Every reported quest that fits the filter: ready ones first, then the soonest, unknown ones last. */
export function questCells(matrix: Matrix, filter: QuestFilter, now: number): QuestCell[] {
  const cells: QuestCell[] = []
  for (const quest of matrix.quests.keys()) {
    for (const character of matrix.characters.keys()) {
      const cell = cellAt(matrix, quest, character, now)
      if (cell && fits(cell, filter)) cells.push(cell)
    }
  }
  const left = ({ leftMs }: QuestCell) => leftMs ?? Infinity
  return cells.sort(
    (a, b) =>
      (left(a) === left(b) ? 0 : left(a) - left(b)) || byText(a.quest, b.quest) || byText(a.character, b.character),
  )
}

export const fits = (cell: QuestCell, { text, character, readyOnly }: QuestFilter): boolean =>
  cell.quest.toLowerCase().includes(text.trim().toLowerCase()) &&
  (!character || cell.character === character) &&
  (!readyOnly || cell.state === 'ready')

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
const two = (figure: number) => String(figure).padStart(2, '0')

/** `ready`, `4:05` (minutes and seconds), `3 h 11 min`, `6 d 3 h`: whole seconds, rounded up, so that 0 is the end. */
export function countdownText({ state, leftMs }: Pick<QuestCell, 'state' | 'leftMs'>): string {
  if (state === 'ready') return 'ready'
  if (leftMs === null) return 'unknown'
  const left = Math.ceil(leftMs / 1000)
  if (left < HOUR) return `${Math.floor(left / MINUTE)}:${two(left % MINUTE)}`
  if (left < DAY) return texts.hMin(Math.floor(left / HOUR), Math.floor((left % HOUR) / MINUTE))
  return texts.dH(Math.floor(left / DAY), Math.floor((left % DAY) / HOUR))
}
