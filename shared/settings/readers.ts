// How the texts of the environment are read. Every message says what the value must be.
import { z } from 'zod'

/** A TCP port; 0 lets the system choose. */
export const port = (fallback: number) =>
  z.coerce
    .number('must be a port number')
    .int('must be a whole number')
    .min(0, 'must be 0 to 65535')
    .max(65535, 'must be 0 to 65535')
    .default(fallback)

/** A whole number within bounds. */
export const whole = (fallback: number, least: number, most: number) => {
  const bounds = `must be a whole number from ${least} to ${most}`
  return z.coerce.number(bounds).int(bounds).min(least, bounds).max(most, bounds).default(fallback)
}

/** A count of something, from 0 on. */
export const count = (unit: string, most: number) =>
  z.coerce
    .number(`must be a number of ${unit}`)
    .int('must be a whole number')
    .min(0, `must be 0 to ${most}`)
    .max(most, `must be 0 to ${most}`)
    .default(0)

/** `0` or `1`. */
export const flag = z
  .enum(['0', '1'], 'must be 0 or 1')
  .default('0')
  .transform((value) => value === '1')

/** One of these words; the message lists them. */
export const word = <const W extends readonly [string, string, ...string[]]>(words: W, fallback: W[number]) =>
  z.enum(words, `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`).default(fallback as never)

/** Values separated by commas. */
export const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )

const isUrl = (text: string, protocols: readonly string[]) =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol)
const beginnings = (protocols: readonly string[]) => protocols.map((protocol) => `${protocol}//`).join(' or ')

/** A URL of one of these protocols, such as `https:`. */
export const url = (...protocols: string[]) =>
  z.string().refine((text) => isUrl(text, protocols), {
    message: `must be a URL that begins with ${beginnings(protocols)}`,
  })

/** Several of them, separated by commas, as one text. */
export const urls = (...protocols: string[]) =>
  z.string().refine((text) => text.split(',').every((one) => isUrl(one.trim(), protocols)), {
    message: `must be URLs separated by commas that begin with ${beginnings(protocols)}`,
  })

/** Addresses of the processes of one room, separated by commas. */
export const addresses = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((text) => text.split(',').map((address) => address.trim()))
    .refine((all) => all.every((address) => URL.canParse(address)), 'must be addresses separated by commas')

/** A secret that is not guessed. */
export const secret = z.string().min(16, 'must have at least 16 characters')

/** Names of hosts, separated by commas; `off` for none. */
export const hostNames = (fallback: string) =>
  z
    .string()
    .regex(/^(off|[a-z0-9.-]+(\s*,\s*[a-z0-9.-]+)*)$/i, 'must be names of hosts separated by commas, or off')
    .default(fallback)
    .transform((text) => (text === 'off' ? [] : text.split(',').map((host) => host.trim().toLowerCase())))
