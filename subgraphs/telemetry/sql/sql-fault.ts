import { fault } from '../../../shared/errors.ts'
import { TooMuchMemory } from './reader.ts'
import { MissingRights, STATEMENT_TIMEOUT_MS } from './role.ts'

/** What Postgres reports of a statement, as an error of the graph; anything else as it is, to be masked. */
export function sqlFault(error: unknown): Error {
  if (error instanceof MissingRights) return fault('NOT_READY', error.message)
  if (error instanceof TooMuchMemory)
    return fault('TOO_LARGE', 'The statement needs too much memory. Collect fewer rows or shorter texts in one value.')
  const { code, message } = error as { code?: unknown; message: string }
  if (code === '57014' || message === 'Query read timeout')
    return fault('TOO_SLOW', `The statement took longer than ${STATEMENT_TIMEOUT_MS / 1000} s. Read a shorter period.`)
  if (message === 'timeout exceeded when trying to connect')
    return fault('TOO_SLOW', 'Too many statements are running. Try again in a moment.')
  if (typeof code !== 'string') return error as Error
  // 42501, missing rights, is our fault: the guard lets nothing through that the role may not read.
  if (/^(0A|21|22|25|42)/.test(code) && code !== '42501') return fault('BAD_USER_INPUT', `Postgres: ${message}.`)
  // Too much memory, disk or nesting. Texts beyond 1 GB have the code of an internal error.
  if (/^(53[124]|54)/.test(code) || /^invalid memory alloc request size/.test(message))
    return fault('TOO_LARGE', `The statement needs too much at once: ${message}.`)
  return error as Error
}
