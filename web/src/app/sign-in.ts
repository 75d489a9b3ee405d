// Signing in by name and password: only the page for it needs this.
import { enter } from './session.ts'
import { texts } from './sign-in.messages.ts'

export type SignInFault = { kind: 'refused' | 'slow-down' | 'unreachable' | 'broken'; text: string; waitS?: number }

/** Null when it worked. */
export async function signIn(username: string, password: string): Promise<SignInFault | null> {
  let answer: Response
  try {
    answer = await fetch('/login', {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ username, password }),
    })
  } catch {
    return { kind: 'unreachable', text: texts.theServerCouldNotBeReached }
  }
  const body = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null
  if (answer.ok) {
    enter(body)
    return null
  }
  return signInFault(answer.status, answer.headers.get('retry-after'), body?.error?.message)
}

export function signInFault(status: number, retryAfter: string | null, said: string | undefined): SignInFault {
  if (status === 429) {
    const waitS = Math.max(1, Number(retryAfter) || 30)
    return { kind: 'slow-down', text: texts.tooManyTriesWaitS(waitS), waitS }
  }
  if (status === 401) return { kind: 'refused', text: texts.thatNameAndPasswordDo }
  return { kind: 'broken', text: said ?? texts.theServerAnsweredTryAgain(status) }
}
