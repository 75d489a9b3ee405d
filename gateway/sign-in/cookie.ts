import type { IncomingMessage } from 'node:http'

const DAY_S = 86_400

/** How requests arrive: whether by HTTPS, and under which name. */
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

/** @param days how long the browser keeps it; 0 takes it away */
export function sessionCookie(session: string, secure: boolean, days: number): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${days * DAY_S}${secure ? '; Secure' : ''}`
  return `${cookieName(secure)}=${session}; ${attributes}`
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
