import type { Target } from './outlet.ts'
import type { RareTier } from './posts/of-event.ts'
import type { PostKind } from './posts/post.ts'

/** Where each kind of post goes; null for nowhere. */
export interface Routes {
  commonRares: Target | null
  greatRares: Target | null
  unknownRares: Target | null
  alerts: Target | null
  log: Target | null
  chat: Target | null
}

const ROUTES: Record<Exclude<PostKind, 'rare'>, keyof Routes> = {
  death: 'alerts',
  idle: 'alerts',
  gone: 'alerts',
  watch: 'alerts',
  vortex: 'log',
  status: 'log',
  chat: 'chat',
}
const RARES: Record<RareTier, keyof Routes> = {
  COMMON: 'commonRares',
  GREAT: 'greatRares',
  UNKNOWN: 'unknownRares',
}

/** The channel of a post. */
export const targetOf = (routes: Routes, kind: PostKind, tier: RareTier | null): Target | null =>
  kind === 'rare' ? routes[RARES[tier ?? 'UNKNOWN']] : routes[ROUTES[kind]]
