// The layers of the dashboard.
import { STORES, type Room } from './room.ts'

export const dashboard = (folder: string) => ({ folder, kind: 'dashboard', banned: STORES }) as const

/** Layers of the dashboard, each of which may use those before it; windows may not use each other. */
const WEB = [
  'generated',
  'language',
  'ui',
  'world',
  'graph',
  'offline',
  'map',
  'desktop',
  'item',
  'rare',
  'saved-view',
  'event',
  'past',
  'shared-view',
]
const layer = (folder: string, below: readonly string[], more: Partial<Room> = {}): Room => ({
  ...dashboard(`web/src/${folder}`),
  mayImport: ['shared/world', ...below.map((one) => `web/src/${one}`)],
  ...more,
})
/** Their entries in the list of rooms. */
export const webRooms: readonly Room[] = [
  ...WEB.map((folder, nth) => layer(folder, WEB.slice(0, nth))),
  layer('windows', WEB, { keepsFoldersApart: true }),
  layer('app', [...WEB, 'windows']),
]
