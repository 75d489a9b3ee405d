import type { Simulator } from '../../ingest/simulator/simulator.ts'
import type { TestOverlord } from '../../shared/testing/start-overlord.ts'
import { allPages } from './all-pages.ts'
import { differences } from './differences.ts'

type Truth = Simulator['truth']
/** The game server of frames that name none, as a fresh overlord has it. */
export const HOME_SERVER = 'Coldeve'

interface Answered {
  id: string
  gameId: number
  [property: string]: unknown
}
const SELECT = `id gameId name objectClass appraised intValues doubleValues boolValues stringValues spells activeSpells
  character {
    name }`

/** What a character was sent to hold, in the graph's words. */
function sentItems(truth: Truth, character: string): Map<string, unknown> {
  return new Map(
    truth.itemsOf(character).map(({ server, gameId, record }) => {
      const id = `${server ?? HOME_SERVER}:${gameId}`
      const { IntValues, DoubleValues, BoolValues, StringValues, Spells, ActiveSpells } = record
      return [
        id,
        {
          id,
          gameId,
          name: record.Name || (StringValues['1'] ?? null),
          objectClass: record.ObjectClass,
          appraised: record.HasIdData,
          intValues: IntValues,
          doubleValues: DoubleValues,
          boolValues: BoolValues,
          stringValues: StringValues,
          spells: Spells,
          activeSpells: ActiveSpells,
          character: { name: character },
        },
      ]
    }),
  )
}

/** Where the items answered, over all pages, are not exactly the items sent. */
export async function itemDifferences(
  overlord: TestOverlord,
  truth: Truth,
  characters: readonly string[],
): Promise<{ compared: number; found: string[] }> {
  const found: string[] = []
  let compared = 0
  for (const character of characters) {
    const where = { characters: [character] }
    const rows = await allPages<Answered>(overlord, {
      list: 'items',
      where,
      whereType: 'ItemWhere',
      select: SELECT,
      first: 1_000,
    })
    const answered = new Map(rows.map((row) => [row.id, row]))
    if (answered.size !== rows.length) found.push(`${character} is answered ${rows.length - answered.size} items twice`)
    const sent = sentItems(truth, character)
    compared += sent.size
    found.push(...differences(sent, answered).map((line) => `${character}: ${line}`))
  }
  return { compared, found }
}
