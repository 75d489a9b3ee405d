import { translated } from '../language/translated.ts'

export const english = {
  saved: 'Saved',
  savedSearches: 'Saved searches',
  noSearchHasBeenSaved: 'No search has been saved yet.',
  remove: (name: string) => `Remove ${name}`,
  removeLabel: 'Remove',
  saveThisSearchAs: 'Save this search as…',
  nameOfThisSearch: 'Name of this search',
  save: 'Save',
  cannotBeUsed: (name: string) => `“${name}” cannot be used`,
  itWasKeptBySomething: 'It was kept by something else.',
  theSearchWasNotKept: 'The search was not kept',
  theSearchWasNotRemoved: 'The search was not removed',
}

export const texts = translated(english, import.meta.glob('./messages.*.ts'))
