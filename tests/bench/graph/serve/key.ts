import { pino } from 'pino'
import type { Viewer } from '../../../../shared/auth/viewer.ts'

/** Who asks, and the key that the benches' processes share. */
export const viewer: Viewer = {
  kind: 'token',
  id: '1',
  name: 'bench',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
}
export const KEY = 'a key for benches'
export const log = pino({ level: 'silent' })
