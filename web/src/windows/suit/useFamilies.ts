import { spellTable } from '../../item/spell-table.ts'
import { familiesOf } from './spell-lists.ts'

// One table for all fields of the window.
const { list: families, begin } = spellTable(familiesOf)

/** Families of cantrips by name. */
export const useFamilies = () => ({ families, begin })
