// Answers of Discord's REST interface that are no success.

/** An answer given in place of the ordinary one. */
export interface Trouble {
  path: RegExp
  times: number
  status: number
  retryAfter?: number
  isGlobal?: boolean
}
/** Sends an answer: its status, its body and headers. */
export type Answer = (status: number, value?: unknown, headers?: Record<string, string>) => void

/** Sends the answer of a trouble. */
export function failed({ status, retryAfter, isGlobal = false }: Trouble, answer: Answer): void {
  if (status !== 429) return answer(status, { message: 'A fault of the test', code: 0 })
  const seconds = retryAfter ?? 0.2
  answer(
    429,
    { message: 'You are being rate limited.', retry_after: seconds, global: isGlobal },
    {
      'retry-after': String(Math.ceil(seconds)),
      ...(isGlobal
        ? { 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' }
        : {
            'x-ratelimit-limit': '5',
            'x-ratelimit-remaining': '0',
            'x-ratelimit-reset-after': String(seconds),
            'x-ratelimit-scope': 'user',
          }),
    },
  )
}
