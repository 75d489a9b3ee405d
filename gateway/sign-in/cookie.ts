import type { IncomingMessage } from 'node:http'

const DAY_S = 86_400
const YEAR_DAYS = 365
const MAX_SESSIONS = 4

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
const browserName = (secure: boolean) => (secure ? '__Host-browser' : 'browser')

/** @param days how long the browser keeps it; 0 takes it away */
export function sessionCookie(session: string, secure: boolean, days: number): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${days * DAY_S}${secure ? '; Secure' : ''}`
  return `${cookieName(secure)}=${session}; ${attributes}`
}

/**
 * The sessions a browser came with, at most four: another page of the same machine or domain may have set a cookie of
 * this name beside ours.
 */
export const sessionsOf = (request: IncomingMessage, secure: boolean): string[] =>
  cookiesNamed(cookieName(secure), request).slice(0, MAX_SESSIONS)

/** @param browser what tells that an account was signed in to here before */
export function browserCookie(browser: string, secure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${YEAR_DAYS * DAY_S}${secure ? '; Secure' : ''}`
  return `${browserName(secure)}=${browser}; ${attributes}`
}

/** What the browser has of `browserCookie`. */
export const browserOf = (request: IncomingMessage, secure: boolean): string | null =>
  cookiesNamed(browserName(secure), request)[0] ?? null

function cookiesNamed(name: string, request: IncomingMessage): string[] {
  const pairs = (request.headers.cookie ?? '').split(';').map((part) => part.trim())
  return pairs
    .filter((pair) => pair.startsWith(`${name}=`) && pair.length > name.length + 1)
    .map((pair) => pair.slice(name.length + 1))
}
