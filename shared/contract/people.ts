// What rooms tell each other of people: whose right to be here must be looked at anew, and whose character is whose.

/** Somebody's session, token or role changed or ended: who is connected is asked again. */
export const PEOPLE_TOPIC = 'people.changed'
/** An owner or what a character shows of its place changed: whoever keeps that in memory reads it anew. */
export const CHARACTERS_TOPIC = 'people.characters'

export interface PeopleEvent {
  /** Ids of users. */
  users?: string[]
  /** Ids of tokens. */
  tokens?: string[]
}
