/**
 * How sure a rules fact is: `core` was checked against the core book of the second edition, `web` comes from tables
 * that players published, `unconfirmed` has no source that was seen. A game master may replace any of them.
 */
export type Certainty = 'core' | 'web' | 'unconfirmed'

/** A whole number of the rules, with the text that says where it comes from. */
export interface Fact {
  value: number
  /** For people: `core p. 88`, `fan table`. */
  source: string
  certainty: Certainty
}

/** A fact of the core book; `page` is the book's. */
export const core = (value: number, page: string): Fact => ({ value, source: `core p. ${page}`, certainty: 'core' })

/** A fact of published fan tables. */
export const web = (value: number): Fact => ({ value, source: 'fan table', certainty: 'web' })

/** A fact without a confirmed source. */
export const unconfirmed = (value: number): Fact => ({ value, source: 'not confirmed', certainty: 'unconfirmed' })
