import { CombinedError, type OperationResult } from '@urql/vue'
import { texts } from './messages.ts'

interface Said {
  message: string
  extensions?: Record<string, unknown> | undefined
}

/** Every GraphQL error in whatever was thrown: one, many, or urql's bundle. */
function saidErrors(cause: unknown): Said[] {
  if (cause instanceof CombinedError) return cause.graphQLErrors
  const all: unknown[] = Array.isArray(cause) ? cause : [cause]
  return all.filter((one): one is Said => typeof one === 'object' && one !== null && 'message' in one)
}

const SIGNED_OUT = new Set(['UNAUTHENTICATED', 'UNAUTHORIZED', 'AUTH_REQUIRED'])

export function isUnauthenticated(cause: unknown): boolean {
  if (cause instanceof CombinedError && cause.response?.status === 401) return true
  return saidErrors(cause).some((error) => SIGNED_OUT.has(String(error.extensions?.code)))
}

/**
 * Whether one of the root fields of an answer is missing because of an error: our documents are made of fields that
 * belong together, so such an answer counts as none.
 */
export function hasLostRoot({ data, error }: Pick<OperationResult, 'data' | 'error'>): boolean {
  const roots = data as Record<string, unknown> | null | undefined
  return Boolean(roots && error?.graphQLErrors.some(({ path }) => path?.length && roots[path[0]!] === null))
}

/** Why no GraphQL answer came: none at all, or one that is no GraphQL, such as that of a proxy. */
function networkText(response: { status: number } | undefined): string {
  if (!response) return texts.theServerCouldNotBe
  return response.status >= 400 ? texts.theServerAnsweredWithStatus(response.status) : texts.whatTheServerAnsweredCould
}

/** The message for a person; says how to fix it where that is known, and the trace under which the log has it. */
export function faultText(cause: unknown): string {
  if (cause instanceof CombinedError && cause.networkError)
    return networkText(cause.response as { status: number } | undefined)
  if (typeof CloseEvent !== 'undefined' && cause instanceof CloseEvent) return texts.theServerClosedTheConnection
  const said = saidErrors(cause)
  const trace = said.find(({ extensions }) => typeof extensions?.trace === 'string')?.extensions?.trace
  const text = said.map((error) => error.message).join(' ') || texts.somethingWentWrong
  return typeof trace === 'string' ? texts.trace(text, trace) : text
}
