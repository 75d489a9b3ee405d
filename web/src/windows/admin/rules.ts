import type { Role, TokenScope } from '../../generated/types.ts'

export const roles: readonly { id: Role; name: string }[] = [
  { id: 'VIEWER', name: 'Viewer' },
  { id: 'OPERATOR', name: 'Operator' },
  { id: 'ADMIN', name: 'Admin' },
]

export const scopes: readonly { id: TokenScope; name: string; text: string }[] = [
  { id: 'READ', name: 'Read', text: 'what a viewer may read' },
  { id: 'COMMAND', name: 'Command', text: 'send commands, as an operator' },
  { id: 'STORE', name: 'Store', text: 'keep a few small values of its own' },
  { id: 'ADMIN', name: 'Admin', text: 'everything an admin may do' },
  { id: 'AGENT', name: 'Agent', text: 'answer questions as the assistant, and nothing else' },
]

/** The scopes after one was pressed: AGENT is alone, and pressing another ends it. */
export function pressScope(chosen: readonly TokenScope[], scope: TokenScope): TokenScope[] {
  if (chosen.includes(scope)) return chosen.filter((one) => one !== scope)
  return scope === 'AGENT' ? ['AGENT'] : [...chosen.filter((one) => one !== 'AGENT'), scope]
}

/** Why a token cannot be created like this, in words; null when it can. */
export function tokenProblem(name: string, chosen: readonly TokenScope[]): string | null {
  if (!/^[\p{L}\d .-]{1,64}$/u.test(name.trim())) return 'A name has 1 to 64 letters, digits, blanks, dots or dashes.'
  return chosen.length === 0 ? 'Choose at least one scope.' : null
}

export const MIN_PASSWORD = 10

/** Why an account cannot be created like this, in words; null when it can. */
export function accountProblem(name: string, password: string): string | null {
  if (!/^[\p{L}\d .'-]{1,63}$/u.test(name.trim()))
    return 'A name has 1 to 63 letters, digits, blanks, dots, dashes or apostrophes.'
  return password.length < MIN_PASSWORD ? `The password needs at least ${MIN_PASSWORD} characters.` : null
}

/** How ingest fares, in words, the worst first: what somebody should do something about. */
export function ingestProblems(status: { processes: number; storing: boolean; waitingBytes: number }): string[] {
  const problems: string[] = []
  if (status.processes === 0) problems.push('No ingest process reports: nothing is received.')
  if (!status.storing) problems.push('The database cannot be written to: frames wait on disk.')
  if (status.waitingBytes > LAG_BYTES) problems.push('Frames are received faster than they are stored.')
  return problems
}

/** Frames that wait to be stored beyond this many bytes are a lag; a batch on its way is not. */
export const LAG_BYTES = 4 * 1024 * 1024

const MEBIBYTE = 1024 * 1024
/** `0 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  return bytes < MEBIBYTE ? `${Math.round(bytes / 1024)} kB` : `${(bytes / MEBIBYTE).toFixed(1)} MB`
}
