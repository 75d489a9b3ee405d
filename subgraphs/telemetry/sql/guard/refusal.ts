import { nearestNames } from '../../../../shared/world/nearest-names.ts'

/** A statement that is not run. The message names what is refused and what would be allowed instead. */
export class Refusal extends Error {}

/** Names that could have been meant, for a sentence: `a, b or c`. */
export function nearest(name: string, names: Iterable<string>, count = 3): string {
  const found = nearestNames(name.slice(0, 63), [...new Set(names)], count)
  return found.length > 1 ? `${found.slice(0, -1).join(', ')} or ${found.at(-1)}` : (found[0] ?? '')
}
