import { APICallError, RetryError } from 'ai'

export const BROKEN = 'its answer broke off or made no sense'
export const CALLED_ON = 'it called tools again and again without an answer'

/** A failure of a model whose message is the reason that people read. */
export class ModelFault extends Error {}

/** Why a model failed, in words that name no address, key or content. */
export function reasonOf(error: unknown): string {
  if (error instanceof ModelFault) return error.message
  if (RetryError.isInstance(error)) return reasonOf(error.lastError)
  if (APICallError.isInstance(error)) {
    const { statusCode } = error
    if (statusCode === 401 || statusCode === 403) return 'it refused our key'
    if (statusCode === 404) return 'it does not know the model, or the address is wrong'
    if (statusCode === 429) return 'it has too much to do, or our quota is used up'
    if (statusCode === undefined) return 'it could not be reached'
    return statusCode < 300 ? BROKEN : `it answered with status ${statusCode}`
  }
  const code = (error as { code?: unknown; cause?: { code?: unknown } } | null)?.cause?.code
  if (typeof code === 'string' && /^E(CONN|HOST|NOTFOUND|TIMEDOUT|AI_AGAIN)/.test(code))
    return 'it could not be reached'
  if (error instanceof Error && error.name === 'TimeoutError') return 'it took too long'
  return BROKEN
}
