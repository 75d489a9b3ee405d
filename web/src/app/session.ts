import { shallowReadonly, shallowRef } from 'vue'
import type { SessionViewer } from '../graph/viewer.ts'
import { closeSocket, whenSessionOver } from '../graph/socket.ts'
import { showToast } from '../ui/toasts.ts'
import { texts } from './messages.ts'

export type Session =
  | { state: 'asking' }
  | { state: 'out'; expired: boolean }
  | { state: 'in'; viewer: SessionViewer }
  /** The status of an answer that was none; null without any answer. */
  | { state: 'unreachable'; status: number | null }

const current = shallowRef<Session>({ state: 'asking' })
export const session = shallowReadonly(current)

/** Asks the server who is signed in: the cookie is HttpOnly, so the page cannot read it. */
export async function findSession() {
  current.value = { state: 'asking' }
  try {
    const answer = await fetch('/session', { credentials: 'same-origin', headers: { accept: 'application/json' } })
    if (answer.ok) current.value = { state: 'in', viewer: readViewer(await answer.json()) }
    else
      current.value =
        answer.status === 401 ? { state: 'out', expired: false } : { state: 'unreachable', status: answer.status }
  } catch {
    // No answer at all: the server is down or the network is.
    current.value = { state: 'unreachable', status: null }
  }
  if (current.value.state === 'out') showAddress('/login')
}

/** What the server answers to those who come in: they are signed in from now on. */
export function enter(body: unknown) {
  current.value = { state: 'in', viewer: readViewer(body) }
  showAddress('/')
}

/** The viewer signs out: the server ends the sockets of the session before it answers, which then is no surprise. */
let isLeaving = false

/** Ends the session on the server. Without its answer the viewer is still signed in, and is shown so. */
export async function signOut() {
  isLeaving = true
  const answer = await fetch('/logout', { method: 'POST', credentials: 'same-origin' }).catch(() => null)
  if (answer?.ok) await endSession(false)
  else if (current.value.state === 'in')
    showToast({ kind: 'fault', title: texts.youAreStillSignedIn, text: texts.theServerDidNotAnswer })
  isLeaving = false
}

async function endSession(expired: boolean) {
  if (current.value.state === 'out') return
  current.value = { state: 'out', expired: expired && !isLeaving }
  showAddress('/login')
  await closeSocket()
}

whenSessionOver(() => void endSession(true))

function readViewer(body: unknown): SessionViewer {
  const viewer = (body as { viewer?: Partial<SessionViewer> } | null)?.viewer
  const role = String(viewer?.role ?? 'VIEWER').toUpperCase()
  return { name: viewer?.name ?? texts.you, role: role === 'ADMIN' || role === 'OPERATOR' ? role : 'VIEWER' }
}

/** Keeps the hash: it holds the camera somebody shared. */
function showAddress(path: string) {
  if (location.pathname !== path) history.replaceState(null, '', path + location.search + location.hash)
}
