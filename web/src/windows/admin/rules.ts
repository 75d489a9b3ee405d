import type { Role, TokenScope } from '../../generated/types.ts'
import { texts } from './messages.ts'

export const roles: readonly { id: Role; name: string }[] = [
  {
    id: 'VIEWER',
    get name() {
      return texts.viewer
    },
  },
  {
    id: 'OPERATOR',
    get name() {
      return texts.operator
    },
  },
  {
    id: 'ADMIN',
    get name() {
      return texts.admin
    },
  },
]

export const scopes: readonly { id: TokenScope; name: string; text: string }[] = [
  {
    id: 'READ',
    get name() {
      return texts.read
    },
    get text() {
      return texts.whatAViewerMayRead
    },
  },
  {
    id: 'COMMAND',
    get name() {
      return texts.command
    },
    get text() {
      return texts.sendCommandsAsAnOperator
    },
  },
  {
    id: 'STORE',
    get name() {
      return texts.store
    },
    get text() {
      return texts.keepAFewSmallValues
    },
  },
  {
    id: 'ADMIN',
    get name() {
      return texts.admin
    },
    get text() {
      return texts.everythingAnAdminMayDo
    },
  },
  {
    id: 'AGENT',
    get name() {
      return texts.agent
    },
    get text() {
      return texts.answerQuestionsAsTheAssistant
    },
  },
]

/** The scopes after one was pressed: AGENT is alone, and pressing another ends it. */
export function pressScope(chosen: readonly TokenScope[], scope: TokenScope): TokenScope[] {
  if (chosen.includes(scope)) return chosen.filter((one) => one !== scope)
  return scope === 'AGENT' ? ['AGENT'] : [...chosen.filter((one) => one !== 'AGENT'), scope]
}

/** Why a token cannot be created like this, in words; null when it can. */
export function tokenProblem(name: string, chosen: readonly TokenScope[]): string | null {
  if (!/^[\p{L}\d .-]{1,64}$/u.test(name.trim())) return texts.aNameHas1To
  return chosen.length === 0 ? texts.chooseAtLeastOneScope : null
}

export const MIN_PASSWORD = 10

/** Why an account cannot be created like this, in words; null when it can. */
export function accountProblem(name: string, password: string): string | null {
  if (!/^[\p{L}\d .'-]{1,63}$/u.test(name.trim())) return texts.aNameHas1To63
  return password.length < MIN_PASSWORD ? texts.thePasswordNeedsAtLeast(MIN_PASSWORD) : null
}

/** How ingest fares, in words, the worst first: what somebody should do something about. */
export function ingestProblems(status: { processes: number; storing: boolean; waitingBytes: number }): string[] {
  const problems: string[] = []
  if (status.processes === 0) problems.push(texts.noIngestProcessReportsNothing)
  if (!status.storing) problems.push(texts.theDatabaseCannotBeWritten)
  if (status.waitingBytes > LAG_BYTES) problems.push(texts.framesAreReceivedFasterThan)
  return problems
}

/** Frames that wait to be stored beyond this many bytes are a lag; a batch on its way is not. */
export const LAG_BYTES = 4 * 1024 * 1024

const MEBIBYTE = 1024 * 1024
/** `0 B`, `12 kB`, `3.4 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return texts.b(bytes)
  return bytes < MEBIBYTE ? texts.kb(Math.round(bytes / 1024)) : texts.mb((bytes / MEBIBYTE).toFixed(1))
}
