// The rooms inside `shared`.
import { STORES, type Room } from './room.ts'

const library = (folder: string, mayImport: readonly string[], more: Partial<Room> = {}): Room => ({
  folder: `shared/${folder}`,
  kind: 'library',
  mayImport,
  testsMayImport: ['shared/testing'],
  ...more,
})

/** Their entries in the list of rooms. What a room may import stands below it: there is no way back up. */
export const libraries: readonly Room[] = [
  { folder: 'shared', kind: 'library', mayImport: ['shared/trace/spans.ts'], isShallow: true },
  library('testing', ['rooms.ts', 'shared', 'shared/db', 'shared/settings'], {}),
  library('access', ['shared', 'shared/auth', 'shared/contract', 'shared/db', 'shared/pubsub']),
  library('serve', [
    'shared',
    'shared/access',
    'shared/auth',
    'shared/db',
    'shared/pubsub',
    'shared/settings',
    'shared/trace',
    'shared/world',
  ]),
  library('auth', ['shared', 'shared/contract', 'shared/db', 'shared/pubsub'], {
    testsMayImport: ['shared/testing', 'shared/serve/rate-limiter.ts'],
  }),
  library('pubsub', ['shared', 'shared/contract']),
  library('db', ['shared', 'shared/settings'], { testsMayImport: ['shared/testing', 'shared/world'] }),
  library('trace', ['shared/log.ts']),
  library('settings', []),
  library('rooms', ['shared/settings']),
  library('contract', ['shared/world'], { testsMayImport: [], banned: STORES }),
  library('world', [], { testsMayImport: [], banned: STORES }),
]
