/** Fields of arguments that name characters or players. */
export const CHARACTER_FIELDS = [
  'character',
  'characters',
  'character_name',
  'player',
  'players',
  'target',
  'wearer',
  'name',
] as const
