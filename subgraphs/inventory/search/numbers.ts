// Numbers of the game that people put into searches: refused if neither our tables nor any item has them.
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { equipmentSets } from '../../../shared/world/dereth/equipment-sets.ts'
import { materials } from '../../../shared/world/dereth/materials.ts'
import { isObjectClass } from '../../../shared/world/dereth/object-class.ts'
import { spellOf } from '../../../shared/world/dereth/spells.ts'
import type { ItemWhere } from '../generated/resolvers.ts'

interface Numbers {
  what: string
  /** Those that our tables do not have. */
  unknown: readonly number[]
  /** The condition on an item that has the number $1. */
  held: string
}

/** Throws BAD_USER_INPUT for a set, material, object class or spell that neither the game's tables nor any item has. */
export async function checkNumbers(pool: Pool, where: ItemWhere | null | undefined): Promise<void> {
  for (const { what, unknown, held } of numbersOf(where ?? {}))
    for (const number of new Set(unknown)) {
      const { rows } = await pool.query<{ found: boolean }>(
        `select exists (select from item_facts f where ${held}) as found`,
        [number],
      )
      if (!rows[0]!.found) throw fault('BAD_USER_INPUT', `No ${what} has the number ${number}.`)
    }
}

function numbersOf({ sets, materials: made, objectClasses, spells }: ItemWhere): Numbers[] {
  const bound = [...(spells?.all ?? []), ...(spells?.any ?? []), ...(spells?.none ?? [])]
  const missing = (numbers: readonly number[] | null | undefined, isKnown: (number: number) => boolean) =>
    numbers?.filter((number) => !isKnown(number)) ?? []
  return [
    { what: 'set', unknown: missing(sets, (set) => equipmentSets.some(({ id }) => id === set)), held: 'f.set_id = $1' },
    {
      what: 'material',
      unknown: missing(made, (material) => materials.some(({ id }) => id === material)),
      held: 'f.material = $1',
    },
    { what: 'object class', unknown: missing(objectClasses, isObjectClass), held: 'f.object_class = $1' },
    {
      what: 'spell',
      unknown: bound.flatMap(({ id }) => (id == null || spellOf(id) ? [] : [id])),
      held: 'f.spells @> array[$1::int]',
    },
  ]
}
