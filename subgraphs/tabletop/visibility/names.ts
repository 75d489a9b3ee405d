// Names of the visibility table in the graph and in the rules.
import type { Certainty } from '../../../shared/world/tabletop/certainty.ts'
import { visibilities, type Visibility } from '../../../shared/world/tabletop/visibility.ts'
import type { GmCertainty, GmVisibility, GmVisibilityRow } from '../generated/resolvers.ts'
import { tableWith, type ReplacedRows } from './store.ts'

/** A condition of the graph as the rules name it. */
export const conditionNamed = (name: GmVisibility): Visibility => name.toLowerCase().replaceAll('_', '-') as Visibility

/** A certainty of the graph as the rules name it. */
export const certaintyNamed = (name: GmCertainty): Certainty => name.toLowerCase() as Certainty

/** The table as the graph shows it: a row for each condition. */
export function shownTable(replaced: ReplacedRows | null): GmVisibilityRow[] {
  const table = tableWith(replaced)
  return visibilities.map((condition) => {
    const { modifiers, source, certainty } = table[condition]
    return {
      condition: condition.toUpperCase().replaceAll('-', '_') as GmVisibility,
      normal: modifiers.normal,
      lowLightCyber: modifiers['low-light-cyber'],
      lowLight: modifiers['low-light'],
      thermographicCyber: modifiers['thermographic-cyber'],
      thermographic: modifiers.thermographic,
      source,
      certainty: certainty.toUpperCase() as GmCertainty,
      isReplaced: replaced?.[condition] !== undefined,
    }
  })
}
