// The rooms inside ingest.
import { BROKER, INSIDE, type Room } from '../shared/rooms/room.ts'

/** Folders of ingest, each of which may use those before it. */
export const INGEST = [
  'metrics',
  'clocks',
  'rows',
  'frames',
  'large',
  'spool',
  'intake',
  'alerts',
  'schedule',
  'writer',
  'legacy',
  'socket',
  'sources/world',
  'sources/traces',
  'sources/otel',
  'sources/demo',
  'sources/dereth',
  'sources/minecraft',
  'sources',
]

/** Their entries in the list of rooms. */
export const ingestRooms: readonly Room[] = INGEST.map((folder, nth) => ({
  folder: `ingest/${folder}`,
  kind: 'ingest',
  mayImport: [...INSIDE, ...INGEST.slice(0, nth).map((below) => `ingest/${below}`)],
  testsMayImport: ['shared/testing', 'ingest/writer'],
  banned: BROKER,
  ...(folder === 'legacy' && {
    exceptions: [{ of: ['ingest/legacy/main.ts'], mayImport: ['ingest/settings.ts'], because: 'it is a command' }],
  }),
}))
