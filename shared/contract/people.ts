// Events about people: sessions with rights that must be checked again, and owners of characters.

/** Somebody's session, token or role changed or ended: who is connected is asked again. */
export const PEOPLE_TOPIC = 'people.changed'
/** The owner of a character or what it shows of its place has changed: processes that cache it read it again. */
export const CHARACTERS_TOPIC = 'people.characters'

export interface PeopleEvent {
  /** Ids of users. */
  users?: string[]
  /** Ids of tokens, and of links to shared views. */
  tokens?: string[]
}
