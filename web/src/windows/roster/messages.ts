import { translated } from '../../language/translated.ts'

export const english = {
  favourite: 'Favourite',
  h: '/h',
  health: 'Health',
  ago: (ageMs: string) => `${ageMs} ago`,
  neverHeard: 'never heard',
  findACharacter: 'Find a character',
  sortBy: 'Sort by',
  name: 'Name',
  killsH: 'Kills/h',
  noNameContains: (search: string | number) => `No name contains “${search}”.`,
  noCharacterHasBeenHeard: 'No character has been heard yet.',
  characters: 'Characters',
  liveOf: (liveCount: number, rowCount: number) => `${liveCount} live of ${rowCount}`,
  belowGround: 'below ground',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
