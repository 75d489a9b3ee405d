import { translated } from '../../../language/translated.ts'

export const english = {
  onlyLiveAndMineCan: (word: string) => `Only live and mine can be negated, not “${word}”.`,
  isNoPlaceWriteNear: (value: string | number) =>
    `“${value}” is no place: write near:42.1N,33.6E or near:42.1N,33.6E,2.`,
  isNoStateWrite: (value: string | number, activities: string) => `“${value}” is no state: write ${activities}.`,
  isNoRangeWrite50: (value: string | number, key: string | number) =>
    `“${value}” is no range: write ${key}:<50, ${key}:>50 or ${key}:20-80.`,
  isNotKnownUseTag: (key: string | number) =>
    `“${key}:” is not known: use tag:, name:, near:, state:, health: or kills:.`,
  youHaveNoFavouritesYet: 'You have no favourites yet: the menu of a dot adds them.',
  mine: 'Mine',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
