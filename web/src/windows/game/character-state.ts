// Words for the state of a character.

const entriesOf = (value: unknown): [string, number][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    : []

const fieldOf = (state: unknown, field: string): unknown => (state as Record<string, unknown> | null)?.[field]

/** `Heavy Pistol 14 rounds`, one for each weapon. */
export const ammoOf = (state: unknown): string[] =>
  entriesOf(fieldOf(state, 'ammo')).map(([weapon, rounds]) => `${weapon} ${rounds} rounds`)
