import type { IncomingMessage } from 'node:http'
import { sameSecret } from '../auth/secrets.ts'

/**
 * Whether a request carries METRICS_TOKEN, which reads `/metrics` of every room and does nothing else. Without that
 * setting no request does.
 * @param others secrets of this process: the token must be none of them, since it is given to other programs
 * @throws when it is one of them
 */
export function metricsAccess(
  token: string | undefined,
  others: Readonly<Record<string, string | undefined>>,
): (request: IncomingMessage) => boolean {
  for (const [name, secret] of Object.entries(others))
    if (token !== undefined && token === secret)
      throw new Error(`METRICS_TOKEN is the same as ${name}. Set it to a secret of its own.`)
  return ({ headers: { authorization } }) =>
    token !== undefined && authorization !== undefined && sameSecret(authorization, `Bearer ${token}`)
}
