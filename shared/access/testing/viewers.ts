import type { Role, Viewer } from '../../auth/viewer.ts'
import type { AllSettings, CharacterSettings } from '../character-settings.ts'

/** A viewer for tests: the person `me`, owner of characters, unless something else is said. */
export const aViewer = (role: Role, other: Partial<Viewer> = {}): Viewer => ({
  kind: 'user',
  id: 'me',
  name: 'me',
  role,
  session: null,
  needsPassword: false,
  owner: true,
  ...other,
})

/** Settings of characters as they would be read; null: they were never read. */
export const settingsOf = (all: Readonly<Record<string, CharacterSettings>> | null): AllSettings => ({
  all: () => all && new Map(Object.entries(all)),
  hidesPlaces: () => !all || Object.values(all).some(({ placeShown }) => placeShown !== 'EXACT'),
  [Symbol.asyncDispose]: () => Promise.resolve(),
})
