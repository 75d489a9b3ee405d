import type { IncomingMessage } from 'node:http'

const MAX_AGE_S = 30 * 86_400

/** How requests reach us: whether by HTTPS, in whose name. */
export interface Reached {
  publicUrl: string | undefined
  trustProxy: boolean
}

/** Whether the visitor's side of the connection is encrypted. */
export function isSecure(request: IncomingMessage, { publicUrl, trustProxy }: Reached): boolean {
  const forwarded = trustProxy ? request.headers['x-forwarded-proto'] : undefined
  if (typeof forwarded === 'string') return forwarded.split(',')[0]!.trim() === 'https'
  return publicUrl?.startsWith('https:') ?? false
}

// The __Host- prefix binds the cookie to this very host and to HTTPS; browsers refuse it on plain HTTP.
const cookieName = (secure: boolean) => (secure ? '__Host-sid' : 'sid')

export function sessionCookie(session: string, secure: boolean): string {
  return `${cookieName(secure)}=${session}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${session ? MAX_AGE_S : 0}${secure ? '; Secure' : ''}`
}

/** The session a browser came with. */
export function sessionOf(request: IncomingMessage, secure: boolean): string | null {
  const wanted = `${cookieName(secure)}=`
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const pair = part.trim()
    if (pair.startsWith(wanted)) return pair.slice(wanted.length) || null
  }
  return null
}
