import { byText } from '../language/language.ts'
import { type Place, formatPlace, parsePlace } from '../../../shared/world/dereth/coordinates.ts'
import type { Town } from '../../../shared/world/dereth/towns.ts'
import type { Command } from './commands.ts'
import { texts } from './palette.messages.ts'

export type Hit =
  | { kind: 'place'; id: string; name: string; detail: string; place: Place }
  | { kind: 'character'; id: string; name: string; detail: string }
  | { kind: 'town'; id: string; name: string; detail: string; place: Place }
  | { kind: 'portal'; id: string; name: string; detail: string; place: Place }
  | { kind: 'item'; id: string; name: string; detail: string; itemId: string; character: string }
  | { kind: 'quest'; id: string; name: string; detail: string }
  | { kind: 'command'; id: string; name: string; detail: string; command: Command }

export interface Searched {
  characters: readonly { name: string; detail: string }[]
  towns: readonly Town[]
  commands: readonly Command[]
}

const MAX_FOUND = 10

/**
 * How well text fits what was typed: start of the text, then of a word, then anywhere, then its letters in order. 0 is
 * not at all.
 */
export function fit(text: string, typed: string): number {
  const low = text.toLowerCase()
  if (!typed) return 1
  const at = low.indexOf(typed)
  if (at === 0) return 4
  if (at > 0) return /[\s'-]/.test(low[at - 1]!) ? 3 : 2
  let from = 0
  for (const letter of typed) {
    from = low.indexOf(letter, from) + 1
    if (from === 0) return 0
  }
  return typed.length > 2 ? 1 : 0
}

export function findHits(text: string, { characters, towns, commands }: Searched): Hit[] {
  const typed = text.trim().toLowerCase()
  const place = parsePlace(typed)
  if (place)
    return [{ kind: 'place', id: 'place', name: texts.goTo(formatPlace(place)), detail: texts.coordinates, place }]
  const ranked: { hit: Hit; score: number }[] = []
  for (const { name, detail } of characters)
    ranked.push({ score: fit(name, typed) * 10 + 3, hit: { kind: 'character', id: `c:${name}`, name, detail } })
  for (const town of towns) {
    ranked.push({
      score: fit(town.name, typed) * 10 + (typed ? 2 : -20),
      hit: { kind: 'town', id: `t:${town.name}`, name: town.name, detail: texts.town(formatPlace(town)), place: town },
    })
  }
  for (const command of commands) {
    ranked.push({
      score: fit(command.name, typed) * 10 + (typed ? 1 : 5),
      hit: { kind: 'command', id: `x:${command.id}`, name: command.name, detail: texts.scopes[command.scope], command },
    })
  }
  return ranked
    .filter(({ score }) => score >= 10)
    .sort((a, b) => b.score - a.score || byText(a.hit.name, b.hit.name))
    .slice(0, MAX_FOUND)
    .map(({ hit }) => hit)
}
