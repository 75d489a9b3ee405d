// The id of a character in the graph. Every subgraph has characters by their names, so it follows from the name alone.

const PREFIX = 'Character:'

/** The permanent id of a character, by its exact name: `Character:Larsson`. */
export const characterId = (name: string): string => `${PREFIX}${name}`

/** The name of the character with this id; null if it is not the id of a character. */
export const characterNameOf = (id: string): string | null => (id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null)
