import type { Choice } from '../../ui/choice.ts'

/** A choice that is known by a key. */
export interface KeyedChoice extends Choice {
  key: string
}
