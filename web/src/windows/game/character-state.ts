// Words for the state of a character.

const entriesOf = (value: unknown): [string, number][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    : []

const fieldOf = (state: unknown, field: string): unknown => (state as Record<string, unknown> | null)?.[field]

/** `Heavy Pistol 14 rounds`, one for each weapon. */
export const ammoOf = (state: unknown): string[] =>
  entriesOf(fieldOf(state, 'ammo')).map(([weapon, rounds]) => `${weapon} ${rounds} rounds`)

/** `3 combat dice spent`, one for each pool that is not full. */
export const poolsSpentOf = (state: unknown): string[] =>
  entriesOf(fieldOf(state, 'poolsSpent'))
    .filter(([, spent]) => spent > 0)
    .map(([pool, spent]) => `${spent} ${pool} dice spent`)
