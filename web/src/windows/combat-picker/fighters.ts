import { byText } from '../../language/language.ts'
import type { CombatPickerWindowQuery } from './combat-picker.query.gen.ts'

type Node = NonNullable<CombatPickerWindowQuery['fighters']>['nodes'][number]
export type Fight = NonNullable<Node['combat']>['fights']['nodes'][number]
export interface Fighter {
  name: string
  lifetime: { kills: number; damageGiven: number }
  /** Newest first. */
  fights: Fight[]
}

/** Those whose name contains the text, ignoring case; the one that fought last comes first, names decide ties. */
export function findFighters(nodes: readonly Node[], text: string): Fighter[] {
  const wanted = text.trim().toLowerCase()
  const last = ({ fights }: Fighter) => (fights[0] ? Date.parse(fights[0].receivedAt) : 0)
  return nodes
    .flatMap(({ name, combat }) => (combat ? [{ name, lifetime: combat.lifetime, fights: combat.fights.nodes }] : []))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .sort((a, b) => last(b) - last(a) || byText(a.name, b.name))
}
