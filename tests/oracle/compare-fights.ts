import type { Simulator } from '../../ingest/simulator/simulator.ts'
import type { TestOverlord } from '../../shared/testing/start-overlord.ts'
import { differences } from './differences.ts'

type Truth = Simulator['truth']
type Fight = ReturnType<Truth['lifetime']>
type Side = Fight['monsters'][string]['offense']

const ELEMENT =
  'attackTypeName elementName totalAttacks failedAttacks crits totalNormalDamage maxNormalDamage ' +
  'totalCritDamage maxCritDamage'
/** All figures of a fight, leaf by leaf. */
export const TOTALS = `damageGiven damageReceived kills aetheriaSurges cloakSurges
  monsters { name kills damageGiven damageReceived offense { ${ELEMENT} } defense { ${ELEMENT} } }`

interface Element {
  attackTypeName: string
  elementName: string
  [figure: string]: string | number
}
interface Monster {
  name: string
  offense: Element[]
  defense: Element[]
  [figure: string]: unknown
}
export interface Totals {
  damageGiven: number
  damageReceived: number
  kills: number
  aetheriaSurges: number
  cloakSurges: number
  monsters: Monster[]
}

/** A fight as sent, one entry a leaf. */
export function leavesOfFight(fight: Fight): Map<string, unknown> {
  const leaves = new Map<string, unknown>([
    [
      'total',
      [
        fight.total_damage_given,
        fight.total_damage_received,
        fight.total_kills,
        fight.total_aetheria_surges,
        fight.total_cloak_surges,
      ],
    ],
  ])
  for (const [name, monster] of Object.entries(fight.monsters)) {
    leaves.set(name, [monster.kill_count, monster.damage_given, monster.damage_received])
    const side = (word: string, tree: Side) => {
      for (const [attackType, elements] of Object.entries(tree))
        for (const [element, blows] of Object.entries(elements))
          leaves.set(`${name} ${word} ${attackType} ${element}`, [
            blows.total_attacks,
            blows.failed_attacks,
            blows.crits,
            blows.total_normal_damage,
            blows.max_normal_damage,
            blows.total_crit_damage,
            blows.max_crit_damage,
          ])
    }
    side('offense', monster.offense)
    side('defense', monster.defense)
  }
  return leaves
}

/** The same of a fight as answered. */
export function leavesOfTotals(totals: Totals): Map<string, unknown> {
  const leaves = new Map<string, unknown>([
    ['total', [totals.damageGiven, totals.damageReceived, totals.kills, totals.aetheriaSurges, totals.cloakSurges]],
  ])
  for (const monster of totals.monsters) {
    leaves.set(monster.name, [monster['kills'], monster['damageGiven'], monster['damageReceived']])
    const side = (word: string, elements: Element[]) => {
      for (const { attackTypeName: attackType, elementName: element, ...figures } of elements)
        leaves.set(`${monster.name} ${word} ${attackType} ${element}`, Object.values(figures))
    }
    side('offense', monster.offense)
    side('defense', monster.defense)
  }
  return leaves
}

interface Answered {
  latestFight: { sessionId: string; totals: Totals } | null
  lifetime: Totals
}

/** Where fights answered are not the fights sent: the newest session and the sum of a life. */
export async function fightDifferences(
  overlord: TestOverlord,
  truth: Truth,
  characters: readonly string[],
): Promise<{ compared: number; found: string[] }> {
  const found: string[] = []
  let compared = 0
  for (const name of characters) {
    const { data } = await overlord.graph<{ character: { combat: Answered | null } }>(
      `query OracleFight($name: String!) { character(name: $name) { combat { latestFight { sessionId totals { ${TOTALS}
        } } lifetime { ${TOTALS} } } } }`,
      { name },
    )
    const sessions = [...truth.of(name).fights]
    const { combat } = data.character
    if (!combat || !sessions.length) {
      if (combat || sessions.length) found.push(`${name}: ${sessions.length} sessions sent, answered ${combat}`)
      continue
    }
    const [newest, fight] = sessions.at(-1)!
    if (combat.latestFight?.sessionId !== newest) found.push(`${name}: the newest session is another`)
    const report = (word: string, lines: string[]) => found.push(...lines.map((line) => `${name}, ${word}: ${line}`))
    report('session', differences(leavesOfFight(fight), leavesOfTotals(combat.latestFight!.totals)))
    const life = leavesOfFight(truth.lifetime(name))
    report('life', differences(life, leavesOfTotals(combat.lifetime)))
    compared += life.size
  }
  return { compared, found }
}
